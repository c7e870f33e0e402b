// Package browsertest drives a real browser over the pages, for tests and for the pictures of the README. All that is
// asked of chromedp, whose interface changes, stands here.
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

// Complaints returns what the console said: errors, and what the policy of the pages refused.
func (b *Browser) Complaints() []string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return slices.Clone(b.complaints)
}

// Find returns the path of Debian's chromium; "" when it is not here.
func Find() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// flags start the browser without what a test does not need.
var flags = []string{
	"headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync", "hide-scrollbars", "mute-audio",
}

// Start starts a browser.
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

// most is how long one step may take.
const most = 20 * time.Second

// do runs steps, within a bound.
func (b *Browser) do(actions ...chromedp.Action[chromedp.Void]) error {
	_, err := run(b, chromedp.Steps(actions...))
	return err
}

func run[T any](b *Browser, action chromedp.Action[T]) (T, error) {
	ctx, cancel := context.WithTimeout(b.ctx, most)
	defer cancel()
	return chromedp.Run(ctx, action)
}

// Go opens an address and waits for the page.
func (b *Browser) Go(address string) error {
	return b.do(chromedp.Navigate(address), chromedp.WaitReady("h1"))
}

// Click clicks on what a selector finds, and waits for the page behind it, or for what the page itself makes of it.
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

// Wait waits until a selector finds something.
func (b *Browser) Wait(selector string) error {
	return b.do(chromedp.WaitReady(selector))
}

// Text returns the text of what a selector finds.
func (b *Browser) Text(selector string) (string, error) {
	text, err := run(b, chromedp.Text(selector))
	return strings.TrimSpace(text), err
}

// Keys types keys at what has the focus. As from a keyboard, a key that the page takes for itself types no letter.
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

// Eval computes a value on the page.
func Eval[T any](b *Browser, script string) (T, error) {
	return run(b, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
}

// Files puts files into a field.
func (b *Browser) Files(selector string, paths ...string) error {
	return b.do(chromedp.SetUploadFiles(selector, paths))
}

// Size makes the window so large.
func (b *Browser) Size(width, height int64) error {
	return b.do(chromedp.EmulateViewport(width, height))
}

// NoScript switches scripts of pages off, or on again.
func (b *Browser) NoScript(off bool) error {
	return b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: off})
		return err
	}))
}

// Picture returns the page as a PNG, whole.
func (b *Browser) Picture() ([]byte, error) { return run(b, chromedp.FullScreenshot(100)) }

// Violation is what axe found.
type Violation struct {
	ID, Help string
	Nodes    []struct {
		HTML           string `json:"html"`
		FailureSummary string `json:"failureSummary"`
	}
}

// Axe runs axe-core over the page and returns what it finds against WCAG 2.2 AA.
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

// Until waits until a script on the page is true.
func (b *Browser) Until(script string) error {
	for ends := time.Now().Add(most); time.Now().Before(ends); time.Sleep(20 * time.Millisecond) {
		if done, err := Eval[bool](b, script); err == nil && done {
			return nil
		}
	}
	return fmt.Errorf("%s never becomes true", script)
}

// View returns what the window shows as a PNG.
func (b *Browser) View() ([]byte, error) { return run(b, chromedp.CaptureScreenshot()) }
