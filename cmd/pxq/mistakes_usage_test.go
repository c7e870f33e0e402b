package main

var mistakesOfUsage = []mistake{
	{"an unknown command", misused, nil, "ruun --period 2026-10"},
	{"an unknown flag", misused, nil, "run --periode 2026-10"},
	{"a flag without its value", misused, nil, "run --quiet --period"},
	{"a wrong period", misused, nil, "run --period 2026-13"},
	{"a command that comes near nothing", misused, nil, "rapportage"},
	{"a short flag that does not exist", misused, nil, "run -p 2026-10"},
	{"a language that nobody speaks here either", misused, nil, "status --lang fr"},
	{"no period", misused, nil, "run"},
	{"a period too much", misused, nil, "run --period 2026-10 2026-11"},
	{"a wrong as-of date", misused, nil, "run --period 2026-10 --as-of 31-02-2026"},
	{"import of nothing", misused, nil, "import"},
	{"init of nothing", misused, nil, "init"},
	{"init of two folders", misused, nil, "init a b"},
	{"an export that does not exist", misused, nil, "export bedragen --period 2026-10"},
	{"an export of nothing", misused, nil, "export --period 2026-10"},
	{"a wrong format", misused, nil, "export lines --period 2026-10 --format xml"},
	{"a wrong number of records", misused, nil, "generate --records 0"},
	{"a number of records in words", misused, nil, "generate --records veel"},
	{"a rule that does not exist", misused, nil, "rules R99"},
}
