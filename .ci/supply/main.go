// Command supply reports the modules that pxq consists of besides its own code.
//
//	go run ./.ci/supply licences        checks the licence of every module against .ci/licences
//	go run ./.ci/supply sbom BINARY     writes the modules that are in a binary, as CycloneDX 1.6 in JSON
//
// It does not use the network: it looks at the modules in the local module cache.
package main

import (
	"bufio"
	"debug/buildinfo"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

func main() {
	err := errors.New("usage: supply licences | supply sbom BINARY")
	switch {
	case len(os.Args) == 2 && os.Args[1] == "licences":
		err = licences()
	case len(os.Args) == 3 && os.Args[1] == "sbom":
		err = sbom(os.Args[2])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "supply:", err)
		os.Exit(1)
	}
}

// listName is the file with a line for each module: its path and the SPDX name of its licence.
const listName = ".ci/licences"

// allowed are the licences of modules that may be part of a program under EUPL-1.2.
var allowed = []string{"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MPL-2.0", "Unlicense", "0BSD"}

func readList() (map[string]string, error) {
	content, err := os.ReadFile(listName)
	if err != nil {
		return nil, err
	}
	list := make(map[string]string)
	for line := range strings.Lines(string(content)) {
		if fields := strings.Fields(line); len(fields) == 2 && !strings.HasPrefix(line, "#") {
			list[fields[0]] = fields[1]
		}
	}
	return list, nil
}

// licences returns an error unless the list has every module, with the licence that was found in it and that is allowed, and
// no other modules.
func licences() error {
	list, err := readList()
	if err != nil {
		return err
	}
	folders, err := modules()
	if err != nil {
		return err
	}
	var faults []string
	for _, module := range slices.Sorted(maps.Keys(folders)) {
		found := licenceIn(folders[module])
		switch listed := list[module]; {
		case !slices.Contains(allowed, found):
			faults = append(faults, fmt.Sprintf("%s has licence %s, which is not allowed; look at %s", module, found, folders[module]))
		case listed == "":
			faults = append(faults, fmt.Sprintf("%s is not in %s; look at its licence and add: %[1]s %[3]s", module, listName, found))
		case listed != found:
			faults = append(faults, fmt.Sprintf("%s has licence %s, not %s as %s says", module, found, listed, listName))
		}
	}
	for module := range list {
		if folders[module] == "" {
			faults = append(faults, fmt.Sprintf("%s is in %s, but is used no more: take it out", module, listName))
		}
	}
	if len(faults) > 0 {
		slices.Sort(faults)
		return errors.New(strings.Join(faults, "\n"))
	}
	fmt.Printf("licences: %d modules, all as %s says\n", len(folders), listName)
	return nil
}

// modules returns the folder of every module that is used by the program, on any system, or by its tests and tools.
func modules() (map[string]string, error) {
	folders := make(map[string]string)
	const format = "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}{{end}}{{end}}"
	for _, list := range [][]string{
		{"linux", "-deps", "-test", "-f", format, "./...", "tool"}, {"windows", "-deps", "-f", format, "./cmd/pxq"}, {"darwin", "-deps", "-f", format, "./cmd/pxq"},
	} {
		command := exec.Command("go", append([]string{"list"}, list[1:]...)...)
		command.Env = append(os.Environ(), "GOOS="+list[0], "GOARCH=amd64", "CGO_ENABLED=0")
		command.Stderr = os.Stderr
		out, err := command.Output()
		if err != nil {
			return nil, err
		}
		lines := bufio.NewScanner(strings.NewReader(string(out)))
		for lines.Scan() {
			if module, folder, is := strings.Cut(lines.Text(), "\t"); is {
				folders[module] = folder
			}
		}
	}
	return folders, nil
}

var spaces = regexp.MustCompile(`\s+`)

// licenceIn returns the licence of the module in a folder, recognised by characteristic phrases; "unknown" for none.
func licenceIn(folder string) string {
	paths, _ := filepath.Glob(filepath.Join(folder, "[LlCU]*"))
	for _, path := range paths {
		name := strings.ToLower(filepath.Base(path))
		if !strings.HasPrefix(name, "licen") && !strings.HasPrefix(name, "copying") && !strings.HasPrefix(name, "unlicense") {
			continue
		}
		content, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		text := spaces.ReplaceAllString(string(content), " ")
		has := func(words string) bool { return strings.Contains(text, words) }
		switch {
		case has("GNU GENERAL PUBLIC") || has("GNU LESSER") || has("GNU AFFERO"):
			return "GPL"
		case has("Apache License") && has("Version 2.0"):
			return "Apache-2.0"
		case has("Mozilla Public License") && has("2.0"):
			return "MPL-2.0"
		case has("Redistribution and use in source and binary forms") && (has("Neither the name") || has("may not be used to endorse") || has("may be used to endorse")):
			return "BSD-3-Clause"
		case has("Redistribution and use in source and binary forms"):
			return "BSD-2-Clause"
		case has("Permission is hereby granted, free of charge"):
			return "MIT"
		case has("Permission to use, copy, modify, and/or distribute this software for any purpose"):
			return "ISC"
		}
	}
	return "unknown"
}

type component struct {
	Type       string     `json:"type"`
	Ref        string     `json:"bom-ref,omitempty"`
	Name       string     `json:"name"`
	Version    string     `json:"version,omitempty"`
	URL        string     `json:"purl,omitempty"`
	Licences   []licence  `json:"licenses,omitempty"`
	Properties []property `json:"properties,omitempty"`
}

type licence struct {
	Licence struct {
		ID string `json:"id"`
	} `json:"license"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// sbom writes the modules that the build information of a binary lists. The same binary gives the same bytes.
func sbom(path string) error {
	list, err := readList()
	if err != nil {
		return err
	}
	info, err := buildinfo.ReadFile(path)
	if err != nil {
		return err
	}
	made := component{Type: "application", Ref: "pxq", Name: info.Main.Path, Version: info.Main.Version, Licences: licenceNamed("EUPL-1.2")}
	for _, setting := range info.Settings {
		if strings.HasPrefix(setting.Key, "vcs.") || setting.Key == "GOOS" || setting.Key == "GOARCH" || setting.Key == "CGO_ENABLED" {
			made.Properties = append(made.Properties, property{"go:" + setting.Key, setting.Value})
		}
	}
	parts := []component{{Type: "library", Ref: "std", Name: "std", Version: info.GoVersion, URL: "pkg:golang/std@" + strings.TrimPrefix(info.GoVersion, "go"), Licences: licenceNamed("BSD-3-Clause")}}
	uses := []string{"std"}
	for _, module := range info.Deps {
		if module.Replace != nil {
			module = module.Replace
		}
		ref := "pkg:golang/" + module.Path + "@" + module.Version
		named := list[module.Path]
		if named == "" {
			return fmt.Errorf("%s is not in %s", module.Path, listName)
		}
		parts = append(parts, component{
			Type: "library", Ref: ref, Name: module.Path, Version: module.Version, URL: ref, Licences: licenceNamed(named), Properties: []property{{"go:sum", module.Sum}},
		})
		uses = append(uses, ref)
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", "  ")
	return encoder.Encode(map[string]any{
		"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
		"metadata":     map[string]any{"component": made},
		"components":   parts,
		"dependencies": []map[string]any{{"ref": "pxq", "dependsOn": uses}},
	})
}

func licenceNamed(id string) []licence {
	var named licence
	named.Licence.ID = id
	return []licence{named}
}
