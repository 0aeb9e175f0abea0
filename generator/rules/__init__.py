"""Corpus → diagnostics: what only several records together, or their files, can show.

A rule says the same of a commit for ever: none looks at the clock. What one record's schema can
say, no rule repeats. Rules stand in four tuples, by how far each has to look, so that a change is
judged by looking at no more than it can touch; in each they stand in the order of their families.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.corpus import Corpus
from generator.diagnostics import Diagnostic
from generator.rules import (
    addresses,
    annual_reports,
    appointments,
    blank_columns,
    bodies,
    calendar,
    columns,
    delegations,
    document_numbers,
    files,
    index_numbers,
    people,
    policies,
    publication,
    raw_html,
    references,
    reports,
    service_elements,
    services,
    sites,
    sources,
    times,
    titles,
    validity,
)
from generator.rules.joined import Joined

__all__ = ["GROUP_RULES", "JOINED_RULES", "LOCAL_RULES", "PART_RULES", "RULES", "Joined", "Rule"]

Rule = Callable[[Corpus], Iterator[Diagnostic]]

# One file shows it, with the reference data: no other record or file, no unit, no history.
LOCAL_RULES: tuple[Rule, ...] = (
    files.content_against_its_name,
    bodies.vague_alternative_text,
    raw_html.first_level_heading,
    raw_html.html_that_is_dropped,
    titles.title_too_long,
    titles.closed_by_a_full_stop,
    titles.vague_attachment_title,
    titles.attachment_title_twice,
    times.dates_out_of_order,
    calendar.disclosed_late,
    publication.wrong_year_folder,
    calendar.request_answered_late,
    calendar.correction_asked_late,
    policies.interpretation_missing,
    validity.repealed_by_nothing,
    document_numbers.document_number_ill_formed,
    document_numbers.document_number_of_another_year,
    annual_reports.table_out_of_balance,
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
    services.unsynchronised,
    services.online_without_an_entrance,
)

# The files of one part show it, a unit's folder or what belongs to no unit, with their history:
# such a rule walks the subjects alone, and looks up any other record or file by its name.
PART_RULES: tuple[Rule, ...] = (
    references.unresolved_reference,
    files.file_missing_or_foreign,
    files.file_too_large,
    files.file_unused,
    bodies.bad_link,
    columns.item_in_unfit_column,
    columns.outlet_at_home,
    sites.folder_without_unit,
    titles.title_twice,
    publication.embargo_in_silence,
    publication.embargo_over,
    publication.backdated_in_silence,
    policies.interpretation_not_mirrored,
    policies.interpreted_late,
    policies.relation_not_mirrored,
    policies.replaced_by_an_older_one,
    validity.replaced_yet_in_force,
    validity.amended_yet_unmarked,
    validity.repealed_too_early,
    validity.validity_against_dates,
    index_numbers.index_number_of_another_unit,
    document_numbers.foreign_prefix,
    annual_reports.carried_over_otherwise,
    annual_reports.counts_against_requests,
    annual_reports.fee_unmentioned,
    sources.unregistered_source,
    sources.address_of_another_source,
    sources.original_with_a_foreign_address,
    sources.relayed_after_the_agreement,
)

# Any two records of the group can show it: each part says what it holds, one judge compares.
JOINED_RULES: tuple[Joined, ...] = (
    blank_columns.blank_column,
    addresses.former_address_twice,
    addresses.former_address_in_use,
    index_numbers.index_number_twice,
    index_numbers.index_number_reused,
    document_numbers.document_number_twice,
    services.service_twice,
)

# The records that every part may ask for show it: units, sites, roles, the group, reference data.
GROUP_RULES: tuple[Rule, ...] = (
    references.circle_of_units,
    columns.duplicate_column,
    columns.reserved_column,
    columns.unknown_column_type,
    columns.column_with_two_purposes,
    columns.dead_entrance,
    sites.unknown_division,
    sites.site_code_of_another_division,
    sites.identity_used_twice,
    sites.foreign_domain,
    sites.portal_not_one,
    sites.site_class_against_unit,
    sites.error_report_of_another_site,
    sites.filing_of_another_place,
    sites.offline_too_long,
    sites.closed_without_notice,
    sites.site_of_abolished_unit,
    addresses.redirect_in_circle,
    index_numbers.organ_code_twice,
    people.id_twice,
    people.account_twice,
    people.key_twice,
    people.unknown_person,
    people.unknown_unit,
    people.term_without_a_day,
    people.path_of_two_units,
    appointments.two_supervisors,
    appointments.too_many_information_officers,
    appointments.supervisor_missing,
    appointments.information_officers_missing,
    appointments.supervisor_of_low_rank,
    delegations.delegated_too_long,
    delegations.delegated_by_a_delegate,
    delegations.delegation_of_low_rank,
    delegations.delegated_to_a_contributor,
    delegations.delegation_without_the_role,
)

RULES: tuple[Rule, ...] = (*LOCAL_RULES, *PART_RULES, *JOINED_RULES, *GROUP_RULES)
