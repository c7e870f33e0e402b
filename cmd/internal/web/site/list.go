package site

import (
	"net/http"
	"strconv"

	"github.com/pxq-nl/pxq/billing"
)

// PageRows is the number of rows on one page of a list.
const PageRows = 50

// PageNumber returns the requested page of a list, from 1; 1 when the request names none or no valid one.
func PageNumber(r *http.Request) int {
	number, err := strconv.Atoi(r.URL.Query().Get("blad"))
	if err != nil || number < 1 || number > 1_000_000 {
		return 1
	}
	return number
}

// Pager holds the links between the pages of a list.
type Pager struct {
	Page, Pages, Count int
	Before, After      string // addresses; "" for none
	Last               string // the address of the last page if a page beyond it was requested; else ""
}

// PagerOf returns the pager of a list of count rows. A page beyond the last, as when somebody decided on all of its rows, counts
// as the last: an empty page would suggest that the list is empty.
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

// ToLast redirects to the last page of a list, and keeps the notice of the page for it.
func (s *Site) ToLast(w http.ResponseWriter, r *http.Request, h *Head, pager Pager) error {
	if h.Notice != "" {
		s.Sessions.Put(r.Context(), "notice", h.Notice)
	}
	return Redirect(w, r, pager.Last)
}

// PeriodOf parses a period from an address. It returns 0, which stands for the newest, for "", and ErrNotThere for what is no
// period.
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
