package dbtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Cluster is a throw-away Postgres on a loopback port.
type Cluster struct {
	URL   string
	leash io.Closer // the supervisor stops and removes the cluster when this closes
	done  chan error
}

// supervise starts the server and waits for its standard input to close, which
// also happens when the process that started it is killed.
const supervise = `
bin=$1 data=$2 port=$3
shift 3
"$bin/postgres" -D "$data" -p "$port" -h 127.0.0.1 -k "$data" -F \
  -c max_connections=400 -c full_page_writes=off -c synchronous_commit=off -c shared_buffers=64MB \
  -c log_min_messages=fatal -c logging_collector=off "$@" >"$data/server.log" 2>&1 </dev/null &
server=$!
cat >/dev/null
kill -INT $server
wait $server
rm -rf "$data"
`

// Durable are the settings of a cluster that waits for the disk at each commit,
// as one does that people rely on.
var Durable = []string{"-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "full_page_writes=on"}

// StartCluster makes and starts a cluster. It takes one to three seconds. Its
// commits do not wait for the disk, unless it gets the settings for that.
func StartCluster(settings ...string) (*Cluster, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "lighttrends-pg-")
	if err != nil {
		return nil, err
	}
	as, err := unprivileged(dir)
	if err != nil {
		return nil, err
	}
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", dir, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8", "--locale=C.UTF-8")
	initdb.SysProcAttr, initdb.Dir = as, "/"
	if out, err := initdb.CombinedOutput(); err != nil {
		_ = os.RemoveAll(dir)
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	return start(bin, dir, port, as, settings)
}

func start(bin, dir string, port int, as *syscall.SysProcAttr, settings []string) (*Cluster, error) {
	args := append([]string{"-c", supervise, "supervise", bin, dir, strconv.Itoa(port)}, settings...)
	cmd := exec.Command("sh", args...)
	cmd.SysProcAttr, cmd.Dir = as, "/"
	var out bytes.Buffer
	cmd.Stderr = &out
	leash, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	c := &Cluster{
		URL:   fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", port),
		leash: leash, done: make(chan error, 1),
	}
	go func() { c.done <- cmd.Wait() }()
	if err := c.wait(); err != nil {
		_ = c.Stop()
		return nil, fmt.Errorf("postgres did not start: %w\n%s", err, out.String())
	}
	return c, nil
}

func (c *Cluster) wait() error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, c.URL)
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Stop ends the cluster and removes its files.
func (c *Cluster) Stop() error {
	_ = c.leash.Close()
	select {
	case err := <-c.done:
		return err
	case <-time.After(20 * time.Second):
		return errors.New("postgres did not stop within 20 s")
	}
}

// binaries finds the folder of the server's programs. Distributions often put
// only some of them on PATH, as links.
func binaries() (string, error) {
	path, err := exec.LookPath("postgres")
	if err != nil {
		return "", errors.New("no Postgres for the tests: set TEST_DATABASE_URL or put the postgres binary on PATH")
	}
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return "", err
	}
	return filepath.Dir(path), nil
}

// unprivileged picks a user for the server, which refuses to run as root, and
// hands it the folder.
func unprivileged(dir string) (*syscall.SysProcAttr, error) {
	if os.Geteuid() != 0 {
		return &syscall.SysProcAttr{}, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		if u, err = user.Lookup("nobody"); err != nil {
			return nil, err
		}
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	as := &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	return as, os.Chown(dir, uid, gid)
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port, nil
}
