"""Walks over the app's source: each rule yields a sentence for every place that breaks it."""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.source import Function, Module, Source, functions, imports, targets

LONGEST_FILE, LONGEST_FUNCTION = 300, 40  # lines
VOCABULARY = ("models", "rules", "actions", "letters", "forms", "views", "queries")


class Other(NamedTuple):
    """A file name outside the vocabulary: the file whose rules it keeps, and why it is there."""

    kind: str
    reason: str


OTHER_NAMES = {
    "directory/desk_views": Other("views", "the staff's pages, beside the search of everybody"),
    "directory/file_models": Other(
        "models", "the state's file, beside the directory that it changes"
    ),
    "directory/file_rules": Other("rules", "what such a file would do"),
    "directory/file_actions": Other("actions", "a file is kept, then applied"),
    "directory/file_views": Other("views", "the pages of such a file"),
    "directory/listing": Other("page", "the query behind the staff's list"),
    "directory/union_actions": Other("actions", "unions have verbs of their own"),
    "directory/union_rules": Other("rules", "what a union can be, beside the state's file"),
    "teams/district_actions": Other("actions", "a district's teams move with it"),
    "teams/district_forms": Other("forms", "the forms of a district typed by hand"),
    "teams/district_views": Other("views", "the pages of a district typed by hand"),
    "participants/data_models": Other(
        "models", "what is kept of one person, and their wish for it"
    ),
    "participants/data_page": Other("page", "all that is kept of one person, by heading"),
    "participants/data_actions": Other("actions", "what people do about their own data"),
    "participants/data_views": Other("views", "the pages of one's own data"),
    "participants/erase_actions": Other("actions", "what the system erases by itself"),
    "participants/erasure_views": Other("views", "the staff's page of who asks to be erased"),
    "participants/link_views": Other("views", "the page on which the link is asked for anew"),
    "participants/needs_views": Other("views", "the staff's page, beside the personal one"),
    "accounts/staff_actions": Other("actions", "who is staff, beside how anybody signs in"),
    "accounts/staff_views": Other("views", "the pages of administrators, beside signing in"),
    "outbox/chores": Other("sender", "what the worker does beside sending, for features above"),
    "outbox/check": Other("sender", "proves the mail settings, step by step"),
    "outbox/envelope": Other("letters", "what every letter is written with"),
    "outbox/blanks": Other("letters", "what a letter that many get leaves blank"),
    "outbox/wording_models": Other(
        "models", "the staff's own words, beside the letters themselves"
    ),
    "outbox/wording_rules": Other("rules", "what staff may write into a letter"),
    "outbox/wordings": Other("letters", "the kinds of letters, and how their words are filled in"),
    "outbox/quarantine_models": Other("models", "a copy that was brought back, beside letters"),
    "outbox/quarantine_actions": Other("actions", "what such a copy may send, and when"),
    "outbox/quarantine_views": Other("views", "the handlers of its buttons"),
    "outbox/mend_actions": Other("actions", "what staff do about a letter that failed"),
    "outbox/overtaken_rules": Other("rules", "which newer facts overtake which letters"),
    "outbox/lease_actions": Other("actions", "a letter's way through a worker"),
    "outbox/mime": Other("letters", "the parts of a letter as bytes, which know no letter"),
    "outbox/queries": Other("page", "figures and pages of an outbox of any size"),
    "outbox/reading": Other("page", "a stored letter taken apart, for two pages"),
    "outbox/sender": Other("sender", "the one place that speaks SMTP"),
    "outbox/worker": Other("sender", "the loop around the sender; it has no request and no page"),
    "series/desk_rules": Other("rules", "what staff may do to a series"),
    "series/desk_forms": Other("forms", "the staff's forms of a series, beside the public pages"),
    "series/desk_views": Other("views", "the staff's page of a series, beside the public pages"),
    "series/text_actions": Other("actions", "what a series says, beside when and where it is"),
    "series/text_views": Other("views", "the handlers of the texts, which are looked at first"),
    "series/cohort_actions": Other("actions", "cohorts have verbs of their own"),
    "series/cohort_views": Other("views", "the handlers of a cohort's forms"),
    "series/copy_actions": Other("actions", "a whole year is copied, and shown in the end"),
    "series/copy_views": Other("views", "the form of a copy, with a field for each cohort"),
    "teams/back_models": Other("models", "who was asked back, beside the teams themselves"),
    "teams/back_rules": Other("rules", "who of an earlier year can be asked back"),
    "teams/back_actions": Other("actions", "a team comes back by another way than it starts"),
    "teams/back_views": Other("views", "the staff's page of it, and the page of its link"),
    "teams/import_models": Other(
        "models", "a list that waits to be added, beside the roster itself"
    ),
    "teams/import_rules": Other("rules", "where each row of a list stands"),
    "teams/import_actions": Other(
        "actions", "a list has verbs of its own, which end on the roster"
    ),
    "teams/addition_actions": Other("actions", "the end of a list, where it changes the roster"),
    "teams/import_forms": Other("forms", "the forms of a list, of which many stand on one page"),
    "teams/import_views": Other("views", "the handlers of a list, beside those of the roster"),
    "teams/import_page": Other("page", "what the pages of a list show"),
    "teams/live": Other("page", "what is new on the team's page, asked every few seconds"),
    "teams/live_views": Other("views", "the handlers of a page that stays open"),
    "teams/check_rules": Other("rules", "one line of the checklist, for rules above and below"),
    "teams/lead_models": Other("models", "leads with what is theirs, beside the roster's rows"),
    "teams/member_models": Other("models", "a row of the roster, which knows much by itself"),
    "teams/comparisons": Other("models", "what the model of a row asks of other teams' rows"),
    "teams/notice_rules": Other(
        "rules", "what is worth a look on a roster, a long list of its own"
    ),
    "teams/row_rules": Other("rules", "how two edits of one row come together"),
    "teams/undo_rules": Other("rules", "what of the timeline can be undone, and what it says"),
    "teams/undo_actions": Other("actions", "the opposite of each change of a row"),
    "teams/waiver_actions": Other("actions", "what leads ask of staff, beside what they do"),
    "teams/waiver_views": Other("views", "the handlers of the checklist's small forms"),
    "teams/roster_actions": Other("actions", "the roster is the heart of the product, and grows"),
    "teams/roster_views": Other("views", "the roster's handlers, beside those of the team"),
    "teams/handover_rules": Other("rules", "who may hand a side over, and to whom"),
    "teams/handover_actions": Other("actions", "a side goes to a successor, in three steps"),
    "teams/handover_views": Other("views", "the handlers of a handover, and its own page"),
    "teams/listing_models": Other("models", "what is kept so that lists need not count"),
    "teams/listing_rules": Other("rules", "what of a team is counted, and how it is found"),
    "teams/listing_actions": Other("actions", "keeps lists, counters and search in step"),
    "teams/cell_rules": Other("rules", "what one cell of a pasted list holds"),
    "teams/heading_rules": Other("rules", "the headings that pasted lists have"),
    "teams/column_rules": Other("rules", "what the columns of a pasted list are"),
    "teams/position_rules": Other("rules", "what people's own titles mean, in a long vocabulary"),
    "teams/sheet_rules": Other("rules", "from the rows of a list to people"),
    "teams/duplicate_rules": Other("rules", "which people of a list can join a roster"),
    "teams/roster_page": Other("page", "what the roster's templates show, for both files of views"),
    "directory/contact_models": Other("models", "whom staff write to, beside the directory"),
    "flyers/campaign_rules": Other("rules", "how a list is read and where districts stand"),
    "flyers/campaign_actions": Other("actions", "a campaign up to its confirmation"),
    "flyers/campaign_views": Other("views", "the staff's pages, beside the flyer's address"),
    "flyers/campaign_page": Other("page", "what the pages of one campaign show"),
    "flyers/follow_models": Other(
        "models", "how far districts have come, read for page and letters"
    ),
    "flyers/send_actions": Other("actions", "a campaign's letters, and what is answered to them"),
    "flyers/send_views": Other("views", "the handlers of a campaign that is being sent"),
    "flyers/reply_views": Other("views", "the recipients' pages, beside the staff's"),
    "outbox/suppression_models": Other("models", "addresses, beside the letters themselves"),
    "outbox/suppression_rules": Other("rules", "what a letter that came back says"),
    "outbox/suppression_actions": Other("actions", "an address has verbs of its own"),
    "outbox/suppression_views": Other("views", "the staff's page of that list"),
    "reports/event_rules": Other("rules", "what a line of the timeline says, in words"),
    "reports/chart_rules": Other("rules", "where the bars of a chart begin and end"),
    "reports/overview_rules": Other("rules", "what the overview says, from counters"),
    "reports/overview_views": Other("views", "the overview, beside the timeline"),
    "reports/exports": Other("queries", "the queries behind the tables to take away"),
    "reports/export_rules": Other("rules", "the lines of these tables"),
    "reports/export_views": Other("views", "tables to take away, beside the staff's reports"),
    "reports/roster_rules": Other("rules", "what the printed roster says"),
    "reports/roster_views": Other("views", "the roster as a PDF, beside the staff's reports"),
    "reports/things": Other("page", "what lines of the timeline are about, by name"),
    "reports/timeline": Other("queries", "the search of everything that happened"),
    "series/place_rules": Other("rules", "an address in plain values, which models use as well"),
    "series/meeting_rules": Other("rules", "a meeting in plain values, for drafts and letters"),
    "series/draft_rules": Other("rules", "what can be drafted, and what it would change"),
    "series/draft_models": Other("models", "drafts and publications, beside what is public"),
    "series/draft_actions": Other("actions", "a draft has verbs of its own, up to its publication"),
    "series/draft_forms": Other("forms", "the forms of meetings and venues"),
    "series/draft_views": Other("views", "the handlers of drafts, beside the public pages"),
    "series/draft_page": Other("page", "what the pages of a draft show"),
    "registrations/telling_rules": Other("rules", "whom a publication concerns, and how"),
    "registrations/publication_models": Other("models", "its letters, and the people it concerns"),
    "registrations/publication_letters": Other("letters", "written before anything is public"),
    "registrations/publication_actions": Other(
        "actions", "publishing is one act with many letters"
    ),
    "registrations/publication_views": Other("views", "the handlers of publications"),
    "registrations/publication_page": Other("page", "what the pages of publications show"),
    "series/gone": Other("page", "days that calendars still have to cancel, for two feeds"),
    "participants/feed_actions": Other("actions", "the secret address of a calendar"),
    "participants/feed_page": Other("page", "what a person's calendar holds"),
    "participants/feed_views": Other("views", "a calendar for programs, which have no sign-in"),
    "participants/coming": Other("page", "who can come, asked by pages of two features"),
    "registrations/terms_forms": Other("forms", "the staff's forms of price, sizes and rules"),
    "registrations/terms_actions": Other("actions", "what is asked of all teams, not of one"),
    "registrations/terms_views": Other("views", "the handlers of price, sizes and rules"),
    "registrations/concerned": Other("page", "how many teams a change of them concerns"),
    "registrations/calendar": Other("letters", "a member's entries, for letters and the own page"),
    "registrations/reminder_rules": Other("rules", "when reminders fall due, of both kinds"),
    "registrations/reminder_models": Other("models", "what is set, written and owed of reminders"),
    "registrations/reminder_actions": Other("actions", "what staff set about reminders"),
    "registrations/nudge_actions": Other("actions", "asks leads about rosters that rest"),
    "registrations/nudge_letters": Other("letters", "what these leads read"),
    "participants/reminder_models": Other(
        "models", "who of a meeting's people come, and what is ahead"
    ),
    "participants/reminder_actions": Other(
        "actions", "reminds people of meetings, with the worker"
    ),
    "participants/reminder_forms": Other("forms", "the staff's form, beside the participant's own"),
    "participants/reminder_views": Other("views", "the staff's page of reminders"),
    "registrations/recount_actions": Other("actions", "counts anew what is kept with each change"),
    "registrations/sign_actions": Other("actions", "what leads do before staff decide"),
    "registrations/decision_rules": Other(
        "rules", "what a decision needs, beside the table of states"
    ),
    "registrations/decision_page": Other("page", "the panel, for the team's page and the queue"),
    "registrations/decision_views": Other("views", "the handlers of the panel"),
    "registrations/preview_rules": Other("rules", "who gets which letter, before it is written"),
    "registrations/mend_actions": Other("actions", "a row whose letters cannot be delivered"),
    "registrations/offer_models": Other(
        "models", "the waitlist's order, and the seats held by offers"
    ),
    "registrations/offer_actions": Other("actions", "what leads answer to an offer of seats"),
    "registrations/seat_actions": Other("actions", "a cohort's seats, which know who sits there"),
    "registrations/seat_page": Other("page", "the seats and the waitlist on a cohort's page"),
    "registrations/seat_views": Other("views", "the handlers of seats and waitlist"),
    "registrations/several_models": Other(
        "models", "one decision on several teams, and its report"
    ),
    "registrations/several_actions": Other("actions", "several teams at once, each by itself"),
    "registrations/several_page": Other("page", "what a decision on several teams would do"),
    "registrations/several_views": Other("views", "the handlers of several teams at once"),
    "registrations/offer_views": Other("views", "the handlers of an offer's two buttons"),
    "registrations/naming_views": Other("views", "the page of one held place, beside the desk's"),
    "registrations/change_rules": Other(
        "rules", "what of a submitted roster changes at once, and what staff decide on"
    ),
    "registrations/change_actions": Other("actions", "what leads change at once, beside decisions"),
    "registrations/change_forms": Other("forms", "the small forms of one row, beside the desk's"),
    "registrations/change_letters": Other("letters", "what leads and staff hear of changes"),
    "registrations/change_page": Other("page", "what can be changed, for leads and for the desk"),
    "registrations/change_views": Other("views", "the handlers of one row's forms"),
    "registrations/proposal_models": Other("models", "what waits for staff, beside decisions"),
    "registrations/proposal_actions": Other("actions", "from a proposal to what follows from it"),
    "registrations/proposal_views": Other("views", "the staff's answer to a proposal"),
    "registrations/telling_actions": Other("actions", "letters that wait until it is quiet"),
    "registrations/closing_actions": Other(
        "actions", "closes proposals, below the decisions that end them"
    ),
    "registrations/wording_samples": Other("letters", "a letter as it would read for a real team"),
    "registrations/wording_actions": Other("actions", "the words of letters, beside their facts"),
    "registrations/wording_forms": Other("forms", "the form of a letter's words"),
    "registrations/wording_page": Other("page", "a letter looked at before its words are saved"),
    "registrations/wording_views": Other("views", "the handlers of a letter's words"),
    "registrations/substitute_models": Other("models", "who comes to one meeting for a member"),
    "registrations/substitute_rules": Other("rules", "what becomes of a substitute"),
    "registrations/substitute_actions": Other("actions", "a substitute has verbs of their own"),
    "registrations/substitute_end_actions": Other(
        "actions", "ends a substitute, below the decisions that do so"
    ),
    "registrations/substitute_letters": Other("letters", "what all concerned hear of a substitute"),
    "registrations/substitute_views": Other("views", "the leads' answer to a substitute"),
    "participants/substitute_actions": Other("actions", "a substitute is an answer as well"),
    "participants/substitute_views": Other(
        "views", "the form of a substitute, on a page of its own"
    ),
    "registrations/queue": Other("page", "the query behind the staff's list"),
    "registrations/queue_search": Other("page", "the part of that query which finds people"),
    "registrations/queue_page": Other("page", "what the staff's list shows of each team"),
    "registrations/queue_rules": Other("rules", "the address of a list, and its cheapest way"),
    "registrations/queue_views": Other("views", "the handlers of the staff's list"),
    "registrations/standing": Other("page", "where a team stands, asked by two features' pages"),
}
COMMITTING = {
    "cdef/kernel/db.py": "the transaction itself",
    "cdef/schema.py": "waits for its turn to migrate in a transaction that writes nothing",
    "cdef/demo/stage.py": "puts leads on stage without their mails; never part of a real app",
    "cdef/demo/views.py": "one-click ways in; never part of a real app",
}
MAILING = {
    "cdef/outbox/sender.py": "the only sender",
    "cdef/outbox/check.py": "proves the settings of the sender by one test mail",
    "cdef/kernel/extensions.py": "the bare object, bound in the factory",
}
IMPORTING_LATE = {
    "app.py": "before the libraries are installed, nothing of them can be imported",
    "cdef/__init__.py": "the factory imports the features whose names it lists",
    "cdef/cli.py": "the checks and tests need not load the server",
    "cdef/kernel/ics.py": "a server starts without the library for calendars",
    "cdef/schema.py": "a database that is up to date needs no migrations' library",
}
COMMITS = ("transaction", "commit", "begin", "begin_nested")
PURE_KERNEL = ("problems", "states", "words", "names", "emails", "sheets", "ics", "markdown")
PURE_LIBRARIES = {
    ("flyers", "segno"): "a text to a drawing of its QR code, without side effects",
    ("teams", "rapidfuzz"): "how alike two texts are",
}

MAIL = r"smtplib|flask_mail|cdef\.outbox\.(sender|worker)"
ROUTE = r"\w+\.(get|post|route|put|patch|delete)\("
POSTING = r"cdef\.outbox\.actions\.post|cdef\.\w+\.(\w+_)?letters\b"
REQUEST = r"flask(\.(request|session|g|flash))?$|flask_login|cdef\.kernel\.(htmx|pages)"
CALLER = r"cdef\.kernel\.access(?!\.Someone$)"
TIME = r"time\.(time|time_ns|localtime|gmtime)|(email\.)?utils\.(localtime|formatdate|make_msgid)"
READS_TIME = re.compile(
    rf"(datetime\.)?(datetime|date)\.(now|utcnow|today)|func\.(now|current_\w+)|{TIME}"
)
NEVER = {
    "views": [MAIL, POSTING],
    "page": [MAIL, POSTING],
    "forms": [MAIL, REQUEST, CALLER, r"cdef\.\w+\.(\w+_)?(actions|views|letters)\b"],
    "actions": [
        MAIL,
        REQUEST,
        CALLER,
        r"cdef\.kernel\.clock",
        r"cdef\.\w+\.(\w+_)?(views|forms)\b",
    ],
    "letters": [
        MAIL,
        REQUEST,
        CALLER,
        r"cdef\.kernel\.(clock|db)",
        r"cdef\.\w+\.(\w+_)?(actions|views|forms)\b",
    ],
    "models": [
        MAIL,
        r"flask",
        r"cdef\.kernel\.clock",
        CALLER,
        r"cdef\.\w+\.(\w+_)?(actions|views|forms|letters)\b",
    ],
}


def kind(module: Module) -> str:
    """Whose rules a file keeps: by its name, or by the table of other names."""
    other = OTHER_NAMES.get(module.name)
    return other.kind if other else module.name.rpartition("/")[2]


def import_order(source: Source) -> Iterator[str]:
    """A layer imports itself and what comes before it."""
    for module in source.modules:
        if module.layer not in source.order:
            yield f"{module.path} belongs to no feature and to nothing above them"
            continue
        allowed = source.order[: source.order.index(module.layer) + 1]
        for target in imports(module):
            layer = source.layer_of(target)
            if layer and layer not in allowed:
                yield f"{module.path} imports {target}, which stands above it"


def foreign_keys(source: Source) -> Iterator[str]:
    """A row refers to rows of its own feature, or of one before it."""
    owners = {name: module.layer for module in source.modules for name in tables(module)}
    for module in source.of_features():
        for node in ast.walk(module.tree):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func).endswith("ForeignKey")):
                continue
            table = ast.literal_eval(node.args[0]).split(".")[0]
            owner = owners.get(table, "nobody")
            known = source.order[: source.order.index(module.layer) + 1]
            if owner not in known:
                yield f"{module.path} refers to the table {table} of {owner}"


def tables(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__tablename__":
            yield ast.literal_eval(node.value)


def file_names(source: Source) -> Iterator[str]:
    """A feature's files bear the names of the vocabulary, or one that has a reason."""
    for module in source.of_features():
        known = (*VOCABULARY, "__init__", module.layer)  # A small feature may be one module.
        if module.name not in OTHER_NAMES and kind(module) not in known:
            yield f"{module.path} has a name outside the vocabulary, and no reason"


def file_table(source: Source) -> Iterator[str]:
    """What a file of each kind must never import."""
    for module in source.of_features():
        for target in imports(module):
            if any(re.match(never, target) for never in NEVER.get(kind(module), [])):
                yield f"{module.path} imports {target}"
            if kind(module) in ("views", "page") and is_of_other_page(target, module.layer):
                yield f"{module.path} imports {target} of another feature"


def is_of_other_page(target: str, own: str) -> bool:
    """Whether an import reaches the views or forms of another feature."""
    found = re.match(r"cdef\.(\w+)\.(\w+_)?(views|forms)\b", target)
    return bool(found and found[1] not in (own, "kernel"))


def pure_rules(source: Source) -> Iterator[str]:
    """Rules know the standard library, the pure part of the kernel, and lower rules."""
    for module in source.of_features():
        for target in imports(module) if kind(module) == "rules" else []:
            if not is_pure(target, module.layer):
                yield f"{module.path} imports {target}, and rules are pure"


def is_pure(target: str, layer: str) -> bool:
    first, *rest = target.split(".")
    if first != "cdef":
        return first in sys.stdlib_module_names or (layer, first) in PURE_LIBRARIES
    return "".join(rest[1:2]).endswith("rules") or (rest[0] == "kernel" and rest[1] in PURE_KERNEL)


def only_actions_commit(source: Source) -> Iterator[str]:
    """Transactions begin and end in actions."""
    for module in source.modules:
        if kind(module).endswith("actions") or module.path in COMMITTING:
            continue
        taken = [target for target in imports(module) if target.endswith(".db.transaction")]
        called = {ast.unparse(node) for node in ast.walk(module.tree) if is_commit(node)}
        for name in [*taken, *sorted(called)]:
            yield f"{module.path} uses {name}, and only actions commit"


def is_commit(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in COMMITS


def one_clock(source: Source) -> Iterator[str]:
    """The time is read in ``kernel/clock.py`` alone."""
    for module in source.modules:
        if module.path == "cdef/kernel/clock.py":
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and READS_TIME.fullmatch(ast.unparse(node)):
                yield f"{module.path}:{node.lineno} reads the time by {ast.unparse(node)}"
        for target in imports(module):
            if re.fullmatch(TIME, target):
                yield f"{module.path} reads the time by {target}"


def one_sender(source: Source) -> Iterator[str]:
    """Mail leaves by ``outbox/sender.py`` alone."""
    for module in source.modules:
        for target in imports(module):
            if re.match(r"smtplib|flask_mail", target) and module.path not in MAILING:
                yield f"{module.path} imports {target}, and only the sender sends"


def imports_at_the_top(source: Source) -> Iterator[str]:
    """No import inside a function, which would hide a cycle."""
    for module in source.modules:
        for function in functions(module) if module.path not in IMPORTING_LATE else []:
            late = [target for node in ast.walk(function) for target in targets(node)]
            if late:
                yield f"{module.path} imports {late[0]} inside {function.name}"


def declared_methods(source: Source) -> Iterator[str]:
    """A view says get or post, and its address says which parameters are numbers."""
    for module in source.modules:
        for function in functions(module):
            for decorator in function.decorator_list:
                method = re.match(ROUTE, ast.unparse(decorator))
                if method and method[1] not in ("get", "post"):
                    yield f"{module.path}: {function.name} does not say get or post"
                elif method and mistyped(decorator, function):
                    yield f"{module.path}: {function.name} and its address differ on a type"
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and node.attr == "add_url_rule":
                yield f"{module.path}:{node.lineno} adds an address without a decorator"


def mistyped(decorator: ast.expr, function: Function) -> bool:
    """Whether a number in the address is a text in the function, or the other way round."""
    found = re.findall(r"<(?:(\w+)(?:\([^>]*\))?:)?(\w+)>", ast.unparse(decorator))
    wanted = {name: "int" if converter == "int" else "str" for converter, name in found}
    given = {arg.arg: arg.annotation and ast.unparse(arg.annotation) for arg in function.args.args}
    return any(given.get(name) != type_ for name, type_ in wanted.items())


def sizes(source: Source) -> Iterator[str]:
    """Files and functions that have outgrown what one reads at a glance."""
    for module in source.modules:
        if module.lines > LONGEST_FILE:
            yield f"{module.path} has {module.lines} lines"
        for function in functions(module):
            length = (function.end_lineno or 0) - function.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{module.path}: {function.name} has {length} lines"


RULES: list[Callable[[Source], Iterator[str]]] = [
    import_order,
    foreign_keys,
    file_names,
    file_table,
    pure_rules,
    only_actions_commit,
    one_clock,
    one_sender,
    imports_at_the_top,
    declared_methods,
    sizes,
]
