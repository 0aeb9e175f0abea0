"""Corpus → diagnostics: what only several records together, or their files, can show.

A rule says the same of a commit for ever: none looks at the clock. What one record's schema can
say, no rule repeats. `RULES` is the whole list, in the order of its families.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.rules import (
    annual_reports,
    bodies,
    calendar,
    files,
    numbers,
    policies,
    publication,
    references,
    reports,
    service_elements,
    services,
    sources,
    times,
    validity,
)

__all__ = ["RULES", "Rule"]

Rule = Callable[[Corpus], Iterator[Diagnostic]]

RULES: tuple[Rule, ...] = (
    references.unresolved_reference,
    references.circle_of_units,
    files.file_missing_or_foreign,
    files.content_against_its_name,
    files.file_too_large,
    files.file_unused,
    bodies.bad_link,
    bodies.vague_alternative_text,
    bodies.first_level_heading,
    bodies.html_that_is_dropped,
    times.dates_out_of_order,
    calendar.disclosed_late,
    publication.embargo_in_silence,
    publication.embargo_over,
    publication.backdated_in_silence,
    times.wrong_year_folder,
    calendar.request_answered_late,
    calendar.correction_asked_late,
    policies.interpretation_not_mirrored,
    policies.interpretation_missing,
    policies.interpreted_late,
    policies.relation_not_mirrored,
    policies.replaced_by_an_older_one,
    validity.replaced_yet_in_force,
    validity.amended_yet_unmarked,
    validity.repealed_by_nothing,
    validity.repealed_too_early,
    validity.validity_against_dates,
    numbers.index_number_twice,
    numbers.index_number_reused,
    numbers.index_number_of_another_unit,
    numbers.organ_code_twice,
    numbers.document_number_ill_formed,
    numbers.foreign_prefix,
    numbers.document_number_of_another_year,
    numbers.document_number_twice,
    annual_reports.table_out_of_balance,
    annual_reports.carried_over_otherwise,
    annual_reports.counts_against_requests,
    annual_reports.fee_unmentioned,
    annual_reports.format_of_another_year,
    reports.numbers_out_of_balance,
    reports.share_against_numbers,
    reports.rank_against_score,
    reports.probes_out_of_order,
    reports.stem_of_another_period,
    service_elements.element_missing,
    service_elements.placeholder,
    service_elements.vague_material,
    services.blank_form_missing,
    services.promise_beyond_the_law,
    services.fee_of_a_free_service,
    services.question_twice,
    services.service_twice,
    services.unsynchronised,
    services.online_without_an_entrance,
    sources.unregistered_source,
    sources.address_of_another_source,
    sources.original_with_a_foreign_address,
    sources.relayed_after_the_agreement,
)
