package site

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/parallel"
	"github.com/pxq-nl/pxq/cmd/internal/defect"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// The errors for which [Site.Answer] has a page of its own.
var (
	ErrNotThere  = views.ErrNotThere
	ErrForbidden = errors.New("forbidden")
	ErrTooLarge  = errors.New("too large")
	ErrMalformed = errors.New("malformed")
	ErrTooMany   = errors.New("too many")
	ErrUploads   = errors.New("too many uploads")
	ErrOtherName = errors.New("under another name")
	ErrSignIn    = errors.New("sign in first")
	ErrLinkOver  = errors.New("a link that was used, or is too old")
	ErrElsewhere = errors.New("a form of another site")
)

// Answer writes the response to an error of a handler: a page that explains it, or a redirect to sign in.
func (s *Site) Answer(w http.ResponseWriter, r *http.Request, err error) {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.Is(err, ErrSignIn):
		if isPage(r) {
			s.Sessions.Put(r.Context(), "wanted", r.URL.RequestURI())
		}
		if r.Method == http.MethodPost && r.Header.Get("Accept") != "application/json" { // a script tells it itself
			s.Sessions.Put(r.Context(), "lost", "form")
		}
		http.Redirect(w, r, "/aanmelden", http.StatusSeeOther)
	case errors.Is(err, ErrNotThere):
		s.errorPage(w, r, http.StatusNotFound, "Niet gevonden", "Deze pagina is er niet, of is niet van u.")
	case errors.Is(err, ErrLinkOver):
		s.errorPage(w, r, http.StatusNotFound, "Deze link werkt niet meer", "Deze link is al gebruikt, of ouder dan 24 uur. Vraag de beheerder een nieuwe.")
	case errors.Is(err, ErrElsewhere):
		s.errorPage(w, r, http.StatusForbidden, "Geen toegang", "Dit formulier kwam niet van de pagina's op %s. Open pxq op dat adres en vul het daar in.", s.Base())
	case errors.Is(err, ErrForbidden):
		s.errorPage(w, r, http.StatusForbidden, "Geen toegang", "Uw rol heeft geen toegang tot deze pagina.")
	case errors.Is(err, ErrTooLarge):
		s.errorPage(w, r, http.StatusRequestEntityTooLarge, "Te groot", "Een bestand mag hoogstens %d MiB groot zijn. Verdeel het over meer bestanden. Er is niets van bewaard.", s.Web.UploadMiB)
	case errors.As(err, &tooLarge):
		s.errorPage(w, r, http.StatusRequestEntityTooLarge, "Te groot", "Wat u invulde is te lang. Ga terug en maak het korter.")
	case errors.Is(err, ErrMalformed):
		s.errorPage(w, r, http.StatusBadRequest, "Niet begrepen", "Dit formulier is niet te lezen. Ga terug, laad de pagina opnieuw en vul het nog eens in.")
	case errors.Is(err, ErrTooMany):
		w.Header().Set("Retry-After", "60")
		s.errorPage(w, r, http.StatusTooManyRequests, "Te vaak", "U vraagt te veel achter elkaar. Wacht een minuut en probeer het opnieuw.")
	case errors.Is(err, ErrUploads):
		w.Header().Set("Retry-After", "3600")
		s.errorPage(w, r, http.StatusTooManyRequests, "Te vaak", "U heeft het afgelopen uur %d keer bestanden verstuurd; meer kan niet. Probeer het over een uur opnieuw.", UploadsAnHour)
	case errors.Is(err, ErrOtherName):
		s.errorPage(w, r, http.StatusMisdirectedRequest, "Ander adres", "Deze pagina's zijn alleen op deze computer te openen. Ga naar het adres dat ‘pxq serve’ noemde, zoals http://127.0.0.1:8080/.")
	case r.Context().Err() != nil:
	default:
		s.Fail(w, r, err)
	}
}

// ReadForm parses the form of a POST request. It returns ErrMalformed for a form that cannot be parsed, so that a handler does
// not mistake it for one with empty fields, and [*http.MaxBytesError] for one that is too large.
func ReadForm(r *http.Request) error {
	if r.Method != http.MethodPost {
		return nil
	}
	err := r.ParseForm()
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); err != nil && !tooLarge {
		return ErrMalformed
	}
	return err
}

// isPage reports whether a request is a navigation to a page, and not one that a script makes, such as for progress.
func isPage(r *http.Request) bool {
	to := r.Header.Get("Sec-Fetch-Dest")
	return r.Method == http.MethodGet && (to == "" || to == "document") && !strings.HasSuffix(r.URL.Path, "/stroom")
}

// Fail writes the response to an error. One that is [InWords] is shown in its own words; any other is logged under a number,
// which the page asks the visitor to report.
func (s *Site) Fail(w http.ResponseWriter, r *http.Request, err error) {
	if told, ok := errors.AsType[InWords](err); ok {
		s.refusalPage(w, r, told)
		return
	}
	if found := s.Defect(err, "pxq serve "+r.Pattern); found != nil {
		s.errorPage(w, r, http.StatusInternalServerError, "Er ging iets mis", "Er ging iets mis. Er is niets gewijzigd. Meld dit nummer: %s", found.Number)
		return
	}
	if r.Context().Err() != nil {
		w.WriteHeader(http.StatusRequestTimeout) // the client went away, or sent too slowly
		return
	}
	var random [4]byte
	rand.Read(random[:]) //nolint:errcheck // it never fails
	number := hex.EncodeToString(random[:])
	s.Log.Error("failed", "number", number, "route", r.Pattern, "error", bsn.MaskLine(err.Error()))
	if workspace.IsDiskFull(err) || workspace.IsDatabaseFull(err) {
		s.errorPage(w, r, http.StatusInternalServerError, "De schijf is vol", "De schijf van de server is vol. Er is niets gewijzigd. Waarschuw de beheerder en probeer het later opnieuw. Nummer: %s", number)
		return
	}
	s.errorPage(w, r, http.StatusInternalServerError, "Er ging iets mis", "Er ging iets mis. Er is niets gewijzigd. Meld dit nummer: %s", number)
}

// Defect writes a report of a panic to a file in the workspace, and logs its number. It returns nil for any other error. Doing
// says what the program was doing.
func (s *Site) Defect(err error, doing string) *defect.Defect {
	found, is := errors.AsType[*parallel.Panic](err)
	if !is {
		return nil
	}
	kept := defect.Keeper{Program: workspace.Program() + " " + workspace.Commit(), Doing: doing, Folders: []string{s.Folder.Path}}.Keep(found)
	s.Log.Error("defect", "number", kept.Number, "file", kept.Path, "doing", doing, "at", found.Where())
	return kept
}

// InWords is an error with a text for users, in each language.
type InWords interface {
	error
	In(language string) string
}

// Note adds an entry to the log about an act of the visitor; a nil who is the visitor of the request.
func (s *Site) Note(r *http.Request, who *Visitor, act, object, outcome string) {
	s.NoteAll(r, who, []*webstore.Entry{{Act: act, Object: object, Outcome: outcome}})
}

// NoteAll adds several entries at once, as Note does. It fills in who acted and from which address.
func (s *Site) NoteAll(r *http.Request, who *Visitor, acts []*webstore.Entry) {
	if who == nil {
		who = VisitorOf(r)
	}
	for _, entry := range acts {
		entry.Address = s.Caller(r)
		if who.Account != nil {
			entry.Account, entry.Role = who.Account.Name, who.Account.Role
		}
	}
	s.Enter(r.Context(), acts...)
}

// Enter adds entries to the log. If that fails, it reports the error in the log of the program, and the request goes on.
func (s *Site) Enter(ctx context.Context, entries ...*webstore.Entry) {
	err := s.Store.Log(ctx, entries...)
	for _, entry := range entries {
		if err == nil && entry.ID%headEvery == 0 {
			err = s.keepLink(entry.ID, entry.Hash)
		}
	}
	if err != nil {
		s.Log.Error("log", "error", bsn.MaskLine(err.Error()))
	}
}

// Redirect redirects to another page with status 303.
func Redirect(w http.ResponseWriter, r *http.Request, to string) error {
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// NotThereOr returns err, or ErrNotThere if it is nil.
func NotThereOr(err error) error {
	if err != nil {
		return err
	}
	return ErrNotThere
}

// RowNumber returns the row number in the path of a request, or ErrNotThere when it is not a number.
func RowNumber(r *http.Request) (int64, error) {
	nr, err := strconv.ParseInt(r.PathValue("nr"), 10, 64)
	if err != nil {
		return 0, ErrNotThere
	}
	return nr, nil
}

// AsJSON returns a value as JSON; "" if it cannot be marshalled.
func AsJSON(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(text)
}
