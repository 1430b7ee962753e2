package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a server that this program started.
type process struct {
	cmd   *exec.Cmd
	leash io.Closer
	said  *bytes.Buffer // what it printed, to be shown when it fails
	ended chan error
}

// launch starts a program with nothing but the given environment.
func launch(ctx context.Context, env []string, program string, args ...string) (*process, io.Reader, error) {
	p := &process{cmd: exec.CommandContext(ctx, program, args...), said: &bytes.Buffer{}, ended: make(chan error, 1)} //nolint:gosec // our own programs
	p.cmd.Env = env
	p.cmd.Cancel = func() error { return p.cmd.Process.Signal(syscall.SIGTERM) }
	p.cmd.WaitDelay = 15 * time.Second
	p.cmd.Stderr = p.said
	out, in := io.Pipe()
	p.cmd.Stdout = in
	leash, err := p.cmd.StdinPipe()
	if err != nil {
		return nil, nil, err
	}
	p.leash = leash
	if err := p.cmd.Start(); err != nil {
		return nil, nil, err
	}
	go func() {
		err := p.cmd.Wait()
		_ = in.Close()
		p.ended <- err
	}()
	return p, out, nil
}

// stop asks it to end and waits.
func (p *process) stop() error {
	_ = p.leash.Close()
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case err := <-p.ended:
		if err != nil {
			return fmt.Errorf("%w\n%s", err, p.said)
		}
		return nil
	case <-time.After(20 * time.Second):
		return errors.Join(errors.New("a server did not stop"), p.cmd.Process.Kill())
	}
}

// resident reads the present and the highest resident size in bytes.
func (p *process) resident() (now, peak int64, err error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, 0, err
	}
	for line := range strings.Lines(string(status)) {
		name, rest, _ := strings.Cut(line, ":")
		kb, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
		switch name {
		case "VmRSS":
			now = kb << 10
		case "VmHWM":
			peak = kb << 10
		}
	}
	if now == 0 || peak == 0 {
		return 0, 0, errors.New("this system does not tell the size of a process")
	}
	return now, peak, nil
}

// ticks is how finely Linux counts the time of processes, per second.
const ticks = 100

// worked is how long its processor time was so far. It depends little on what
// else the machine does.
func (p *process) worked() time.Duration {
	if p == nil { // this process itself
		return 0
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	// The name, in brackets, may hold spaces; user and system time are the 12th
	// and 13th field after it (proc_pid_stat(5)).
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * time.Second / ticks
}

// baseline is a running baseline.
type baseline struct {
	addr string
	*process
}

// startBaseline starts this program again as a baseline.
func startBaseline(ctx context.Context, kind, source string) (*baseline, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p, out, err := launch(ctx, nil, self, baselineWord, kind, source)
	if err != nil {
		return nil, err
	}
	addr, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("the baseline %s did not start: %w\n%s", kind, err, p.said)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return &baseline{strings.TrimSpace(addr), p}, nil
}
