"""A finished site to where readers find it, in one step: a plain host, or a public mirror."""

from __future__ import annotations

from generator.publish.host import DeployError, Target, to_host

__all__ = ["DeployError", "Target", "to_host"]
