"""Faults any log can have, whatever it is about: cells that cannot be read, records nobody knows, words that tell of somebody."""

from __future__ import annotations

from schemas.rule import fault

NEEDED = fault(
    "log_cell_is_empty",
    "error",
    "{heading} is empty ({where}).",
    "Fill it in{hint}.",
    "Without it nobody can tell what the record is, whose it is or when it was true.",
    kind="log",
)
DAY_UNREADABLE = fault(
    "log_day_cannot_be_read",
    "error",
    "{heading}: {value} is not a day ({where}).",
    "Write it as 30 September 2026 or 30/09/2026.",
    "A day that is guessed would start or stop a clock on the wrong date.",
    kind="log",
)
DAY_FAR_OFF = fault(
    "log_day_is_too_far_off",
    "error",
    "{heading}: {value} lies too far off to be meant ({where}).",
    "Check the year: days from 1990 to 2060 are taken.",
    "A year mistyped by a few decades would keep a clock running that nobody sees.",
    kind="log",
)
NUMBER_UNREADABLE = fault(
    "log_number_cannot_be_read",
    "error",
    "{heading}: {value} is not {wanted} ({where}).",
    "Write digits only, and leave the cell empty where there is no number.",
    "A number that is guessed is a wrong number; empty is never read as zero.",
    kind="log",
)
CHOICE_UNKNOWN = fault(
    "log_choice_is_not_in_the_list",
    "error",
    "{heading}: {value} is not in the list ({where}).{nearest}",
    "Choose one of: {offered}.",
    "Records are counted by these lists; a spelling of one's own would be counted nowhere.",
    kind="log",
)
AGENCY_UNKNOWN = fault(
    "log_agency_is_not_known",
    "error",
    "{heading}: {value} is not an agency of the partnership ({where}).{nearest}",
    "Use the agency's name as on the list.",
    "A record that belongs to nobody is chased by nobody.",
    kind="log",
)
INDICATOR_UNKNOWN = fault(
    "log_indicator_is_not_known",
    "error",
    "{heading}: {value} is not an indicator of the data set ({where}).{nearest}",
    "Use an ID of the data set, such as CP07.",
    "Only what is counted every quarter can show whether anything changed.",
    kind="log",
)
STATEMENT_UNKNOWN = fault(
    "log_statement_is_not_known",
    "error",
    "{heading}: {value} is no statement of a self-assessment ({where}).{nearest}",
    "Use the ID printed in the template, as OS1.1.",
    "An answer to a question nobody asked would be counted nowhere.",
    kind="log",
)
REFERENCE_UNREADABLE = fault(
    "log_reference_may_name_somebody",
    "error",
    "{heading} holds what may be the number or name of a person ({where}). It has not been kept.",
    "Give the record a short number of your own, as {example}: letters, digits, dots and dashes.",
    "A case number or a name leads to a child. A running number leads only to this record.",
    kind="log",
    withheld=True,
)
REFERENCE_OF_AGENCY = fault(
    "log_agency_needs_no_row_on_the_register",
    "error",
    "{heading}: {value} is an agency of the data set, which is asked by itself ({where}).",
    "Take the row out: an agency needs none on the register.",
    "An agency on the register would be asked twice and counted in two sectors.",
    kind="log",
)
REFERENCE_UNKNOWN = fault(
    "log_record_is_not_there",
    "error",
    "{heading}: there is no {value} on the sheet {sheet_named} ({where}).{nearest}",
    "Correct the reference, or add the record to the sheet {sheet_named}.",
    "What belongs to nothing cannot be shown with anything.",
    kind="log",
)
REFERENCE_LEFT_OUT = fault(
    "log_record_it_belongs_to_was_left_out",
    "error",
    "{heading}: {value} was left out, see row {other_row} ({other_where}); so this row is left out too ({where}).{others}",
    "Mend row {other_row} of the sheet {sheet_named}; nothing is wrong with this one.",
    "What belongs to nothing cannot be shown with anything.",
    kind="log",
)
MODERATED_LEFT_OUT = fault(
    "log_moderation_is_the_business_units",
    "note",
    "{count} cells hold what the business unit moderates, and were left out ({cells}). All else in those rows counts.",
    "Leave them empty. The business unit sends what it has moderated by itself.",
    "An organisation that could write its own moderated score would mark its own homework.",
    kind="log",
)
GIVEN_TWICE = fault(
    "log_record_is_given_twice",
    "error",
    "{record} stands on this sheet more than once, and the rows differ: {rows} ({where}).",
    "Keep one row, or give the other a reference of its own.",
    "Of two rows for one record only the sender knows which is right.",
    kind="log",
)
WORDS_NAME = fault(
    "log_words_name_somebody",
    "error",
    "{heading} may name somebody ({where}). The row has not been taken.",
    "Write roles and teams, never people: “the named nurse”, not a name; no telephone, e-mail or case number.",
    "Learning is about practice. A name, a number or an address in a log is a breach, whoever it leads to.",
    kind="log",
    withheld=True,
)
WORDS_TOO_LONG = fault(
    "log_words_are_too_long",
    "error",
    "{heading} has {count} characters; there is room for {longest} ({where}).",
    "Say it shorter. Long accounts tend to tell a child's story.",
    "What does not fit on a card is not read, and long text is where details of a child slip in.",
    kind="log",
)
WORDS_OF_A_FEW = fault(
    "log_words_tell_of_a_few",
    "query",
    "{heading} speaks of a handful of children or families ({where}).",
    "Leave the number out, or give it with how many were looked at. It is not shown outside the Executive.",
    "A small number in a sentence is as telling as one in a table, and no table protects it.",
    kind="log",
)
WORDS_TELL_A_STORY = fault(
    "log_words_tell_a_story",
    "query",
    "{heading} reads as the story of one child or family ({where}).",
    "Say what practice is to be, and nothing of who it was, where or what happened. It is not shown outside the Executive.",
    "Those who know the family know it from an age, a place or a death, without any name.",
    kind="log",
)
WORDS_MAY_NAME = fault(
    "log_words_may_name_somebody",
    "query",
    "{heading} holds what may be somebody's given name ({where}).",
    "If it is, write a role instead. If it is a place or a service, add what it is. It is not shown outside the Executive.",
    "One given name is enough for those who know the family.",
    kind="log",
    withheld=True,
)
UNSEEN_TAKEN_OUT = fault(
    "log_signs_nobody_sees_are_taken_out",
    "note",
    "{count} texts held signs that nobody sees, and have been kept without them: {cells}.",
    "Nothing to do.",
    "Signs without width can hide a name from every check, and signs of direction turn a heading round.",
    kind="log",
)
NOT_YOURS = fault(
    "log_record_is_another_agencys",
    "error",
    "Only {owner} can change {record} ({where}).",
    "Ask them, or the business unit, to send it. Your other rows are taken.",
    "Each agency answers for its own record; nobody can close another's action.",
    kind="log",
)
NOT_A_SENDER = fault(
    "log_is_kept_by_others",
    "error",
    "The {title} is sent by {senders} only.",
    "Give what you have to them.",
    "This log holds what few may see; one keeper is safer than many.",
    kind="log",
)
NOTHING_FILLED = fault(
    "log_is_empty",
    "error",
    "No {row} is filled in.",
    "Begin on the sheet {sheet}: {what_for} Rows below the headings are read; each needs {needed}.",
    "An empty log says nothing: what was sent before still stands.",
    kind="log",
)
NOT_READ = fault(
    "log_sheet_is_not_there",
    "note",
    "There is no sheet {names}; what was sent of it before still stands.",
    "Nothing to do, if nothing of it has changed.",
    "What was not sent is said, so that nobody believes it was taken back.",
    kind="log",
)
UNCHANGED = fault(
    "log_records_are_as_before",
    "note",
    "{count} of {all} records are as they were sent before.",
    "Nothing to do.",
    "Rows filled in by the template and left alone are not news.",
    kind="log",
)
UNFIT = fault(
    "log_record_cannot_be_kept",
    "error",
    "{record} does not have the shape of a record: {check} ({where}).",
    "Mend the cell, or report it: no rule explains it.",
    "The last gate before anything is kept: what passes is what every page relies on.",
    kind="log",
)
