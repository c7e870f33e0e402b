package site

import (
	"net/http"

	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
)

// ShowSheet writes a page of facts and tables. Long tables show their first rows and a link to a page of their own (?toon=KEY),
// which has a pager.
func (s *Site) ShowSheet(w http.ResponseWriter, r *http.Request, h *Head, body *Sheet) error {
	h.Body = body
	if key := r.URL.Query().Get("toon"); key != "" {
		sec, pager, found := OneSection(r, body.Sections, key)
		if !found {
			return ErrNotThere
		}
		h.Body = &Sheet{Sections: []Section{sec}, Pager: &pager, Links: []Link{{Href: r.URL.Path + periodQuery(r, "?"), Text: words.Say(h.Language, "Terug")}}}
	} else {
		CutSections(r, body.Sections, PageRows, h.Language)
	}
	return s.Show(w, r, "blad", h)
}

func periodQuery(r *http.Request, before string) string {
	if period := r.URL.Query().Get("periode"); period != "" {
		return before + "periode=" + period
	}
	return ""
}

// CutSections cuts tables with a key to their first most rows, and gives each that it cut a link to the whole table.
func CutSections(r *http.Request, sections []Section, most int, language string) {
	for i := range sections {
		if sec := &sections[i]; sec.Key != "" && len(sec.Rows) > most {
			sec.All = &Link{Href: r.URL.Path + "?toon=" + sec.Key + periodQuery(r, "&"), Text: words.Say(language, "Toon alle %s", rules.Count(len(sec.Rows), language))}
			sec.Rows = sec.Rows[:most]
		}
	}
}

// OneSection returns the requested page of the table with a key; found is false when there is no such table.
func OneSection(r *http.Request, sections []Section, key string) (sec Section, pager Pager, found bool) {
	for _, sec := range sections {
		if sec.Key != key {
			continue
		}
		pager = PagerOf(r, len(sec.Rows))
		from := min((pager.Page-1)*PageRows, len(sec.Rows))
		sec.Rows, sec.Chart = sec.Rows[from:min(from+PageRows, len(sec.Rows))], nil
		return sec, pager, true
	}
	return sec, pager, false
}
