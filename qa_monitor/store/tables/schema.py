"""Every table of the database by its name: what a query is written with. Made in the files beside this one, by noun."""

from qa_monitor.store.tables.base import generations, metadata
from qa_monitor.store.tables.calls import call_agents, call_channels, calls, consents, gaps, holds
from qa_monitor.store.tables.deliveries import deliveries
from qa_monitor.store.tables.disputes import flag_disputes
from qa_monitor.store.tables.erasures import erasures
from qa_monitor.store.tables.figures import call_figures, figures_due, flag_figures
from qa_monitor.store.tables.flags import desks, flag_events, flags, held_flags, shown_flags
from qa_monitor.store.tables.imports import imports
from qa_monitor.store.tables.library import call_facts, call_rules, saved_searches
from qa_monitor.store.tables.listenings import listenings
from qa_monitor.store.tables.paces import paces
from qa_monitor.store.tables.people import passwords, people, people_changes, sessions
from qa_monitor.store.tables.reviews import (
    calibration_answers,
    calibration_calls,
    calibration_reviewers,
    calibration_sheets,
    calibrations,
    call_comments,
    review_events,
    reviews,
)
from qa_monitor.store.tables.scorecards import call_scores, rescorings, score_answers, score_overrides, scorecards
from qa_monitor.store.tables.speech import utterances
from qa_monitor.store.tables.surveys import report_runs, report_schedules, surveys, waits
from qa_monitor.store.tables.themes import theme_calls, theme_clips, theme_counts, theme_surges
from qa_monitor.store.tables.unheard import unheard
from qa_monitor.store.tables.verdicts import rule_restores, trial_verdicts, verdicts
from qa_monitor.store.tables.voice import courses, emotions
from qa_monitor.store.tables.words import TRIGGERS as WORD_TRIGGERS

__all__ = [
    "WORD_TRIGGERS",
    "calibration_answers",
    "calibration_calls",
    "calibration_reviewers",
    "calibration_sheets",
    "calibrations",
    "call_agents",
    "call_channels",
    "call_comments",
    "call_facts",
    "call_figures",
    "call_rules",
    "call_scores",
    "calls",
    "consents",
    "courses",
    "deliveries",
    "desks",
    "emotions",
    "erasures",
    "figures_due",
    "flag_disputes",
    "flag_events",
    "flag_figures",
    "flags",
    "gaps",
    "generations",
    "listenings",
    "held_flags",
    "holds",
    "imports",
    "metadata",
    "paces",
    "passwords",
    "people",
    "people_changes",
    "report_runs",
    "report_schedules",
    "rescorings",
    "review_events",
    "reviews",
    "rule_restores",
    "saved_searches",
    "score_answers",
    "score_overrides",
    "scorecards",
    "sessions",
    "shown_flags",
    "surveys",
    "theme_calls",
    "theme_clips",
    "theme_counts",
    "theme_surges",
    "trial_verdicts",
    "unheard",
    "utterances",
    "verdicts",
    "waits",
]
