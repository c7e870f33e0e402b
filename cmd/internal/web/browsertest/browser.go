// Package browsertest drives a real browser for tests of the pages and for the screenshots of the README. Only this package uses
// chromedp, whose interface changes between versions.
package browsertest

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Browser is a browser with one page.
type Browser struct {
	ctx    context.Context
	cancel []context.CancelFunc

	mutex      sync.Mutex
	complaints []string
}

// Complaints returns the errors in the console so far, including violations of the Content-Security-Policy.
func (b *Browser) Complaints() []string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return slices.Clone(b.complaints)
}

// Find returns the path of an installed Chromium or Chrome; "" for none.
func Find() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// flags switch off features of the browser that tests do not need.
var flags = []string{
	"headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync", "hide-scrollbars", "mute-audio",
}

// Start starts the browser with the given executable. The caller must close it.
func Start(ctx context.Context, path string) (*Browser, error) {
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path)}
	for _, flag := range flags {
		options = append(options, chromedp.Flag(flag, true))
	}
	allocated, endAllocator := chromedp.NewExecAllocator(ctx, options...)
	tab, endTab := chromedp.NewContext(allocated)
	b := &Browser{ctx: tab, cancel: []context.CancelFunc{endTab, endAllocator}}
	if _, err := chromedp.Run(tab, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, log.Enable, cdp.Empty{})
		return err
	})); err != nil {
		b.Close()
		return nil, err
	}
	err := chromedp.Listen(tab, func(event any) {
		b.mutex.Lock()
		defer b.mutex.Unlock()
		switch event := event.(type) {
		case *log.EventEntryAdded:
			if event.Entry.Level == log.EntryLevelError || strings.Contains(event.Entry.Text, "Content Security") {
				b.complaints = append(b.complaints, event.Entry.Text+" "+event.Entry.URL)
			}
		case *runtime.EventExceptionThrown:
			b.complaints = append(b.complaints, event.ExceptionDetails.Text)
		}
	})
	if err != nil {
		b.Close()
		return nil, err
	}
	return b, nil
}

// Close ends the browser.
func (b *Browser) Close() {
	for _, cancel := range b.cancel {
		cancel()
	}
}

// stepTimeout is the maximum duration of one step.
const stepTimeout = 20 * time.Second

// do runs actions as one step.
func (b *Browser) do(actions ...chromedp.Action[chromedp.Void]) error {
	_, err := run(b, chromedp.Steps(actions...))
	return err
}

func run[T any](b *Browser, action chromedp.Action[T]) (T, error) {
	ctx, cancel := context.WithTimeout(b.ctx, stepTimeout)
	defer cancel()
	return chromedp.Run(ctx, action)
}

// Go opens an address and waits until the page is loaded.
func (b *Browser) Go(address string) error {
	return b.do(chromedp.Navigate(address), chromedp.WaitReady("h1"))
}

// Click clicks on the element that a selector finds. It waits until the next page is loaded, or 400 milliseconds if none follows.
func (b *Browser) Click(selector string) error {
	if _, err := Eval[bool](b, "window.clicked = true"); err != nil {
		return err
	}
	if err := b.do(chromedp.Click(selector)); err != nil {
		return err
	}
	for ends := time.Now().Add(400 * time.Millisecond); time.Now().Before(ends); time.Sleep(10 * time.Millisecond) {
		if there, err := Eval[bool](b, "!window.clicked && document.readyState === 'complete'"); err == nil && there {
			break
		}
	}
	return b.do(chromedp.WaitReady("h1"))
}

// Wait waits until a selector finds an element.
func (b *Browser) Wait(selector string) error {
	return b.do(chromedp.WaitReady(selector))
}

// Text returns the text of the element that a selector finds.
func (b *Browser) Text(selector string) (string, error) {
	text, err := run(b, chromedp.Text(selector))
	return strings.TrimSpace(text), err
}

// Keys types keys into the focused element. As with a keyboard, a key whose event the page cancels types no letter.
func (b *Browser) Keys(keys string) error {
	return b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		for _, key := range keys {
			text := ""
			for _, event := range kb.Encode(key) {
				if event.Type == kb.KeyChar {
					text = event.Text
				}
			}
			for _, event := range kb.Encode(key) {
				switch event.Type {
				case kb.KeyChar:
					continue
				case kb.KeyUp:
				default:
					if event.Type, event.Text = kb.KeyDown, text; text == "" {
						event.Type = kb.KeyRawDown
					}
				}
				if _, err := cdp.Call(ctx, t, input.DispatchKeyEvent, *event); err != nil {
					return err
				}
			}
		}
		return nil
	}))
}

// Eval evaluates a script on the page and returns its value; it awaits a promise.
func Eval[T any](b *Browser, script string) (T, error) {
	return run(b, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
}

// Files chooses files in a file field.
func (b *Browser) Files(selector string, paths ...string) error {
	return b.do(chromedp.SetUploadFiles(selector, paths))
}

// Size sets the size of the window in pixels.
func (b *Browser) Size(width, height int64) error {
	return b.do(chromedp.EmulateViewport(width, height))
}

// NoScript disables the scripts of pages, or enables them again.
func (b *Browser) NoScript(off bool) error {
	return b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: off})
		return err
	}))
}

// Paper lays the page out as on paper, or on a screen again.
func (b *Browser) Paper(on bool) error {
	media := map[bool]string{true: "print"}[on]
	return b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media})
		return err
	}))
}

// Picture returns a PNG image of the whole page.
func (b *Browser) Picture() ([]byte, error) { return run(b, chromedp.FullScreenshot(100)) }

// Violation is a violation of an accessibility rule, as axe-core reports it.
type Violation struct {
	ID, Help string
	Nodes    []struct {
		HTML           string `json:"html"`
		FailureSummary string `json:"failureSummary"`
	}
}

// Axe runs axe-core, whose script is source, on the page and returns the violations of WCAG 2.2 AA.
func (b *Browser) Axe(source string) ([]Violation, error) {
	if _, err := Eval[bool](b, "(() => {"+source+"; return true})()"); err != nil {
		return nil, fmt.Errorf("load axe: %w", err)
	}
	return Eval[[]Violation](b, `axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}}).then(r => r.violations.map(v => ({ID: v.id, Help: v.help, Nodes: v.nodes.map(n => ({html: n.html, failureSummary: n.failureSummary}))})))`)
}

// Confirm presses Ctrl+Enter.
func (b *Browser) Confirm() error {
	return b.do(chromedp.KeyEvent("\r", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
}

// Until waits until a script evaluates to true; after the duration of a step it returns an error.
func (b *Browser) Until(script string) error {
	for ends := time.Now().Add(stepTimeout); time.Now().Before(ends); time.Sleep(20 * time.Millisecond) {
		if done, err := Eval[bool](b, script); err == nil && done {
			return nil
		}
	}
	return fmt.Errorf("%s never becomes true", script)
}

// View returns a PNG image of what the window shows.
func (b *Browser) View() ([]byte, error) { return run(b, chromedp.CaptureScreenshot()) }
