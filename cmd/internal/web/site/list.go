package site

import (
	"net/http"
	"strconv"

	"github.com/pxq-nl/pxq/billing"
)

// PageRows is how many rows a page of a list has.
const PageRows = 50

// PageNumber returns the page of a list that is asked for, from 1.
func PageNumber(r *http.Request) int {
	number, err := strconv.Atoi(r.URL.Query().Get("blad"))
	if err != nil || number < 1 || number > 1_000_000 {
		return 1
	}
	return number
}

// Pager leads through the pages of a list.
type Pager struct {
	Page, Pages, Count int
	Before, After      string // addresses; "" for none
	Last               string // the address of the last page where one behind it was asked for; else ""
}

// PagerOf returns what leads through a list of so many rows. A page behind the last, as there is when somebody decided on all
// of its rows, is the last: an empty one would say that there is nothing, where there is.
func PagerOf(r *http.Request, count int) Pager {
	p := Pager{Page: PageNumber(r), Pages: max(1, (count+PageRows-1)/PageRows), Count: count}
	at := func(page int) string {
		query := r.URL.Query()
		query.Set("blad", strconv.Itoa(page))
		return r.URL.Path + "?" + query.Encode()
	}
	if p.Page > p.Pages {
		p.Page, p.Last = p.Pages, at(p.Pages)
	}
	if p.Page > 1 {
		p.Before = at(p.Page - 1)
	}
	if p.Page < p.Pages {
		p.After = at(p.Page + 1)
	}
	return p
}

// ToLast leads to the last page of a list, and takes along what the page was to say was done.
func (s *Site) ToLast(w http.ResponseWriter, r *http.Request, h *Head, pager Pager) error {
	if h.Notice != "" {
		s.Sessions.Put(r.Context(), "notice", h.Notice)
	}
	return Redirect(w, r, pager.Last)
}

// PeriodOf reads a period of an address; "" is the newest.
func PeriodOf(text string) (billing.Period, error) {
	if text == "" {
		return 0, nil
	}
	period, err := billing.ParsePeriod(text)
	if err != nil {
		return 0, ErrNotThere
	}
	return period, nil
}
