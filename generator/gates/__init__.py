"""The machine gates: what a scanner can say of wording and secrecy before people attest them."""

from generator.gates.finding import Finding
from generator.gates.gate import Gate, Scan, scan
from generator.gates.known import Known, is_known, known_of

__all__ = ["Finding", "Gate", "Known", "Scan", "is_known", "known_of", "scan"]
