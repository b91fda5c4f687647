"""Sentences about a rulebook that cannot be loaded."""

from mixrules.message.catalogue.entry import Counted, Entry

SENTENCES: dict[str, Entry] = {
    "expression_too_long": (
        "expression trop longue ou trop imbriquée : {most} caractères et {deepest} niveaux au plus",
        "expression too long or too nested: at most {most} characters and {deepest} levels",
    ),
    "expression_too_large": (
        "expression trop grande une fois ses définitions écrites en toutes lettres : {most} termes et {deepest} niveaux au plus",
        "expression too large once its definitions are spelt out: at most {most} terms and {deepest} levels",
    ),
    "key_expected": (
        "une clé est un mot, pas une liste ni un tableau",
        "a key is a word, not a list or a mapping",
    ),
    "rule_too_large": (
        "« {found} » : {count} conditions et liaisons, {most} au plus ; partagez-la en plusieurs règles (met)",
        '"{found}": {count} conditions and links, {most} at most; split it into several rules (met)',
    ),
    "expression_unexpected": (
        "« {found} » n'est pas attendu ici ; attendu : {expected}",
        '"{found}" is not expected here; expected: {expected}',
    ),
    "expression_unfinished": (
        "l'expression s'arrête trop tôt ; attendu : {expected}",
        "the expression ends too early; expected: {expected}",
    ),
    "expression_character": (
        "le caractère « {found} » n'a pas de sens dans une expression",
        'the character "{found}" means nothing in an expression',
    ),
    "quantity_expected": (
        "« {found} » : un nombre est attendu, avec son unité (20 %, 800 m², 1 200 €/m²)",
        '"{found}": a number is expected, with its unit (20 %, 800 m², 1200 €/m²)',
    ),
    "unit_unknown": ("« {found} » n'est pas une unité connue", '"{found}" is not a known unit'),
    "unit_differs": ("unité {found} ; attendue : {expected}", "unit {found}; expected: {expected}"),
    "unit_missing": (
        "« {found} » sans unité ; écrivez-la : {expected}",
        '"{found}" has no unit; write it: {expected}',
    ),
    "yes_no_wanted": ("« {found} » : yes ou no est attendu", '"{found}": yes or no is expected'),
    "member_unknown": ("« {found} » ; attendu : {expected}", '"{found}"; expected: {expected}'),
    "day_expected": (
        "« {found} » : une date est attendue, comme 2026-03-01",
        '"{found}": a date is expected, such as 2026-03-01',
    ),
    "definition_circular": ("« {found} » se définit par lui-même", '"{found}" is defined by itself'),
    "parameter_keyed": (
        "« {found} » est une table : donnez sa clé, {found}[…]",
        '"{found}" is a table: give its key, {found}[…]',
    ),
    "field_too_narrow": (
        "« {found} » est propre à un {owner} : à l'échelle « {scope} » il y en a plusieurs ; utilisez une mesure",
        '"{found}" belongs to one {owner}: a rule at {scope} scale may see several; use a measure',
    ),
    "field_of_item": (
        "« {found} » se dit d'un {item}, pas d'un {subject} : utilisez une mesure, count(… where {found} …)",
        '"{found}" is said of a {item}, not of a {subject}: use a measure, such as count(… where {found} …)',
    ),
    "name_unknown": ("« {found} » est inconnu{hint}", '"{found}" is unknown{hint}'),
    "type_differs": ("{found} ; attendu : {expected}", "{found}; expected: {expected}"),
    "units_differ": (
        "on ne peut ni comparer ni ajouter {left} et {right}",
        "{left} and {right} cannot be compared or added",
    ),
    "choices_alone": (
        "une liste {{…}} s'écrit après « in »",
        "a list {{…}} is written after `in`",
    ),
    "choice_expected": (
        "une valeur de la liste est attendue ({expected})",
        "a member is expected ({expected})",
    ),
    "choices_expected": (
        "une liste {{…}} ou une table à clés est attendue après « in » ; trouvé : {found}",
        "a list {{…}} or a keyed table is expected after `in`; found: {found}",
    ),
    "keys_number": Counted(
        "found",
        ("{name} : {found} clé ; attendu : {expected}", "{name}: {found} key; expected: {expected}"),
        ("{name} : {found} clés ; attendu : {expected}", "{name}: {found} keys; expected: {expected}"),
    ),
    "column_unknown": (
        "{name} : colonne « {found} » inconnue ; colonnes : {expected}",
        '{name}: unknown column "{found}"; columns: {expected}',
    ),
    "order_meaningless": (
        "{found} : plus grand et plus petit n'ont pas de sens ; utilisez = ou « in »",
        "{found}: greater and smaller mean nothing; use = or `in`",
    ),
    "duration_expected": (
        "une durée est attendue (3 months) ; trouvé : {found}",
        "a duration is expected (3 months); found: {found}",
    ),
    "number_wanted": ("un nombre est attendu ; trouvé : {found}", "a number is expected; found: {found}"),
    "category_wanted": (
        "une catégorie ou un nombre est attendu ; trouvé : {found}",
        "a category or a number is expected; found: {found}",
    ),
    "rule_unknown": ("règle « {found} » inconnue{hint}", 'unknown rule "{found}"{hint}'),
    "arguments_wrong": ("{found} s'écrit {found}{expected}", "{found} is written {found}{expected}"),
    "step_expected": ("un pas positif est attendu, comme 0.01", "a positive step is expected, such as 0.01"),
    "power_base": (
        "power() élève un rapport sans unité, comme 1 + 2.5 % ; trouvé : {found}",
        "power() raises a ratio without unit, such as 1 + 2.5 %; found: {found}",
    ),
    "power_times": (
        "power() : l'exposant est un nombre entier quoi que dise le dossier, comme 3, years_between(a, b) ou floor(x)",
        "power(): the exponent is a whole number whatever the file says, such as 3, years_between(a, b) or floor(x)",
    ),
    "power_too_great": (
        "power() : exposant {found} ; au plus {most}",
        "power(): exponent {found}; at most {most}",
    ),
    "marginal_table": (
        "« {found} » n'est pas une table de taux par tranches (bands)",
        '"{found}" is not a table of rates by bands',
    ),
    "marginal_bands": (
        "{found} : tranche par tranche, les tranches se suivent sans trou depuis zéro, chacune avec un seul taux",
        "{found}: band by band, the bands follow each other from zero without a gap, each with one rate",
    ),
    "function_unknown": (
        "« {found} » n'est pas une mesure connue{hint}",
        '"{found}" is not a known measure{hint}',
    ),
    "collection_unknown": (
        "« {found} » n'est pas une collection{hint}",
        '"{found}" is not a collection{hint}',
    ),
    "collection_too_wide": (
        "« {found} » n'est pas contenu dans l'échelle « {scope} »",
        '"{found}" does not lie inside the {scope} scale',
    ),
    "rulebook_too_large": (
        "recueil trop grand : {most} octets au plus",
        "rulebook too large: at most {most} bytes",
    ),
    "rulebook_missing": (
        "recueil de règles « {found} » introuvable{hint}",
        'rulebook "{found}" not found{hint}',
    ),
    "no_rule_in_force": (
        "aucune règle en vigueur le {day} dans les recueils demandés",
        "no rule in force on {day} in the rulebooks asked for",
    ),
    "rulebook_circular": (
        "les recueils s'utilisent en rond : {found}",
        "rulebooks use each other in a circle: {found}",
    ),
    "yaml_broken": (
        "YAML mal formé : {found} (une expression qui contient « : » ou « # » s'écrit entre guillemets)",
        "malformed YAML: {found} (an expression with `:` or `#` in it is written between quotes)",
    ),
    "yaml_too_deep": ("plus de {most} niveaux d'imbrication", "more than {most} levels of nesting"),
    "yaml_trick": (
        "ancres, alias et étiquettes YAML ne sont pas admis dans un recueil de règles",
        "YAML anchors, aliases and tags are not accepted in a rulebook",
    ),
    "key_twice": ("« {found} » figure deux fois", '"{found}" stands twice'),
    "not_a_rulebook": (
        "un recueil de règles commence par « rulebook: » et son identifiant",
        "a rulebook starts with `rulebook:` and its identifier",
    ),
    "key_unknown": ("clé « {found} » inconnue{hint}", 'unknown key "{found}"{hint}'),
    "key_misplaced": (
        "clé « {found} » : pas à cette place ; elle s'écrit sous : {homes}",
        'key "{found}" does not stand here; it is written under: {homes}',
    ),
    "key_missing": ("la clé « {found} » manque", 'the key "{found}" is missing'),
    "value_not_allowed": ("« {found} » ; attendu : {expected}", '"{found}"; expected: {expected}'),
    "shape_wrong": ("« {found} » ; attendu : {expected_fr}", '"{found}"; expected: {expected_en}'),
    "value_wrong": ("« {found} » ; attendu : {expected}", '"{found}"; expected: {expected}'),
    "rulebook_unknown": ("recueil « {found} » introuvable", 'rulebook "{found}" not found'),
    "input_name": (
        "« {found} » : à cette échelle, une donnée s'appelle {expected}",
        '"{found}": at this scale an input is called {expected}',
    ),
    "bands_without_key": (
        "{found} : des tranches demandent une seule clé, un nombre (by: m²)",
        "{found}: bands need one key, a number (by: m²)",
    ),
    "step_without_key": (
        "{found} : « match: step » demande une seule clé, un nombre",
        "{found}: `match: step` needs one key, a number",
    ),
    "band_bounds": (
        "{found} : les bornes d'une tranche vont de la plus basse à la plus haute, et until_value demande les deux",
        "{found}: the bounds of a band go from the lowest to the highest, and until_value needs both",
    ),
    "bands_overlap": (
        "{found} : deux tranches contiennent la même valeur",
        "{found}: two bands hold the same value",
    ),
    "cumulation_scale": (
        "« {found} » se calcule à l'échelle « {scope} » : un cumul porte sur les avantages d'un programme",
        '"{found}" is counted at {scope} scale: a limit covers the advantages of a programme',
    ),
    "parameter_empty": (
        "{found} : value, rows, bands ou values est attendu",
        "{found}: value, rows, bands or values is expected",
    ),
    "rows_expected": ("« {found} » : clés et valeurs attendues", '"{found}": keys and values are expected'),
    "versions_overlap": (
        "{found} : deux versions valent le même jour ; donnez une date de fin (until) à la première",
        "{found}: two versions hold on one day; give the first an end date (until)",
    ),
    "one_body": (
        "{found} : une règle est, au choix, l'un de : {expected}",
        "{found}: a rule is exactly one of: {expected}",
    ),
    "period_reversed": ("{found} : la fin précède le début", "{found}: the end comes before the start"),
    "exception_effect": (
        "{found} : une exception dit soit « then: not-applicable », soit « require: … »",
        "{found}: an exception says either `then: not-applicable` or `require: …`",
    ),
    "elected_expected": (
        "des options demandent « elected: elections.… », et lui seul",
        "options need `elected: elections.…`, and nothing else does",
    ),
    "one_way": (
        "un avantage se calcule d'une seule façon : rate ou amount, best_of, ou options",
        "an advantage is computed one way: rate or amount, best_of, or options",
    ),
    "rate_or_amount": ("soit rate, soit amount", "either rate or amount"),
    "cumulation_shape": (
        "{found} : un cumul est soit « over » avec « limit », soit « either » avec « or »",
        "{found}: a cumulation is either `over` with `limit`, or `either` with `or`",
    ),
    "example_unknown": (
        "aucun exemple écrit avant celui-ci ne se nomme « {found} »{hint}",
        'no example written before this one is named "{found}"{hint}',
    ),
    "example_given": ("exemple mal écrit : {found}", "malformed example: {found}"),
    "example_dwelling": (
        "« {found} » : écrivez « 5 PLUS T3 62.10 m² senior @ A/1/R+2 » (nombre, catégorie, pièces, surface, public, lieu)",
        '"{found}": write "5 PLUS T3 62.10 m² senior @ A/1/R+2" (number, tenure, rooms, area, public, place)',
    ),
    "list_layout": (
        "{found} : écrivez la liste sur une ligne, [a, b], ou un élément par ligne",
        "{found}: write the list on one line, [a, b], or one item a line",
    ),
    "granted_limited": (
        "granted({found}) : cet avantage est soumis à un cumul, appliqué en dernier ; reprenez ses conditions",
        "granted({found}): this advantage is under a cumulation, applied last; repeat its conditions instead",
    ),
    "survivor_unknown": (
        "« {found} » : aucune règle, définition ou table, aucun paramètre ni cumul de ce nom{hint}",
        'no rule, definition, parameter or limit is named "{found}"{hint}',
    ),
    "survivor_shape": (
        "{found} : dites soit l'issue (outcome), soit le changement (change, part, was, becomes)",
        "{found}: say either the outcome, or the change (change, part, was, becomes)",
    ),
    "rule_circular": (
        "la règle dépend de sa propre conclusion : {found}",
        "the rule depends on its own conclusion: {found}",
    ),
}
