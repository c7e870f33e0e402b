// Package watched makes connections with a PostgreSQL server that are closed once the server is silent, so that nobody
// waits for hours for a server that is gone.
package watched

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"sync"
	"time"

	"github.com/lib/pq"
)

// A statement may take long, and a server that is gone sends nothing either. So a connection that has waited for longer than
// patience checks whether the server still answers a new connection; together that takes less than ten seconds.
const (
	patience = 3 * time.Second // before a check
	asking   = 4 * time.Second // timeout of a check
)

// errSilent is the error when the server no longer answers.
var errSilent = errors.New("the server does not answer")

// remote is a server with the connections to it. It is the dialer of the driver.
type remote struct {
	net.Dialer
	patience, asking time.Duration
	ask              driver.Connector // makes the connections for checks, which are not watched

	mutex    sync.Mutex
	open     map[*watched]struct{}
	silentAt time.Time // when the last check failed
}

// Connector returns a connector to the server at address whose connections are closed once the server is silent.
func Connector(address string) (driver.Connector, error) {
	connector, err := pq.NewConnector(address)
	if err != nil {
		return nil, err
	}
	config, err := pq.NewConfig(address)
	if err != nil {
		return nil, err
	}
	config.ConnectTimeout = asking
	unwatched, err := pq.NewConnectorConfig(config)
	if err != nil {
		return nil, err
	}
	// With keep-alive the system itself notices a network that is gone.
	dialer := net.Dialer{KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: patience, Interval: 2 * time.Second, Count: 2}}
	connector.Dialer(&remote{Dialer: dialer, patience: patience, asking: asking, ask: unwatched, open: make(map[*watched]struct{})})
	return sessionConnector{connector}, nil
}

// sessionConnector sets up connections so that the server, too, notices within half a minute that this side is gone, and frees
// its locks; by default it would take hours. They also do not let the server compile queries, if it can: compiling many short
// ones took a third of the time of a month of a million records.
type sessionConnector struct{ driver.Connector }

// settings are the statements that set up a connection.
const settings = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; " +
	"SELECT set_config('jit', 'off', false) WHERE current_setting('jit', true) = 'on'"

// Connect implements driver.Connector.
func (c sessionConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	if session, can := conn.(driver.ExecerContext); can {
		_, err = session.ExecContext(ctx, settings, nil)
	}
	if err != nil {
		_ = conn.Close()
		return nil, err
	}
	return conn, nil
}

// Dial makes a watched connection. Like DialTimeout and DialContext it fails at once if the server was just found silent.
func (r *remote) Dial(network, address string) (net.Conn, error) {
	return r.DialContext(context.Background(), network, address)
}

// DialTimeout is Dial with a timeout.
func (r *remote) DialTimeout(network, address string, most time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), most)
	defer cancel()
	return r.DialContext(ctx, network, address)
}

// DialContext is Dial with a context.
func (r *remote) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	if r.isSilent() {
		return nil, lostTo(network)
	}
	conn, err := r.Dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	w := &watched{Conn: conn, to: r}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.open[w] = struct{}{}
	return w, nil
}

func lostTo(network string) error { return &net.OpError{Op: "read", Net: network, Err: errSilent} }

func (r *remote) isSilent() bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return time.Since(r.silentAt) < r.patience+r.asking
}

// answers reports whether the server answers a new connection, if only by a refusal. If not, it closes all connections.
func (r *remote) answers() bool {
	if r.isSilent() {
		return false
	}
	ctx, cancel := context.WithTimeout(context.Background(), r.asking)
	defer cancel()
	conn, err := r.ask.Connect(ctx)
	if err == nil {
		_ = conn.Close()
		return true
	}
	if _, refused := errors.AsType[*pq.Error](err); refused {
		return true
	}
	r.mutex.Lock()
	r.silentAt = time.Now()
	open := r.open
	r.open = make(map[*watched]struct{})
	r.mutex.Unlock()
	for w := range open {
		_ = w.Conn.Close()
	}
	return false
}

// watched is a connection with a server.
type watched struct {
	net.Conn
	to      *remote
	limited bool // the driver itself has set a deadline
}

// SetDeadline sets the deadline of the driver; while there is one, the connection is not watched.
func (w *watched) SetDeadline(at time.Time) error {
	w.limited = !at.IsZero()
	return w.Conn.SetDeadline(at)
}

// Read reads; it waits for as long as the server answers new connections.
func (w *watched) Read(into []byte) (n int, err error) {
	if w.limited {
		return w.Conn.Read(into)
	}
	for {
		if err := w.SetReadDeadline(time.Now().Add(w.to.patience)); err != nil {
			return 0, err
		}
		n, err = w.Conn.Read(into)
		if n > 0 || !isTimeout(err) {
			return n, err
		}
		if !w.to.answers() {
			return 0, lostTo(w.RemoteAddr().Network())
		}
	}
}

// Write writes; it waits for as long as the server answers new connections.
func (w *watched) Write(from []byte) (written int, err error) {
	if w.limited {
		return w.Conn.Write(from)
	}
	for {
		if err := w.SetWriteDeadline(time.Now().Add(w.to.patience)); err != nil {
			return written, err
		}
		n, err := w.Conn.Write(from[written:])
		written += n
		if err == nil || !isTimeout(err) {
			return written, err
		}
		if !w.to.answers() {
			return written, lostTo(w.RemoteAddr().Network())
		}
	}
}

// Close closes the connection and stops watching it.
func (w *watched) Close() error {
	w.to.mutex.Lock()
	delete(w.to.open, w)
	w.to.mutex.Unlock()
	return w.Conn.Close()
}

func isTimeout(err error) bool {
	timeout, is := errors.AsType[net.Error](err)
	return is && timeout.Timeout()
}

// IsCut reports whether an error means that a connection was closed or that the server no longer answers.
func IsCut(err error) bool {
	_, byNetwork := errors.AsType[*net.OpError](err)
	return byNetwork || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, errSilent)
}
