package main

import (
	"context"
	"debug/elf"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"

	"lighttrends/internal/platform/db/dbtest"
)

// bench is one run.
type bench struct {
	binary  string
	notes   int
	many    int
	rounds  int
	each    time.Duration
	conns   int
	engines []string
	strict  bool
	only    string

	dir      string
	memory   string // a folder that costs no disk writes, for what is only read
	postgres string // URL of the cluster

	mu        sync.Mutex
	databases int

	lines   []line
	runners []*runner
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if len(os.Args) == 4 && os.Args[1] == baselineWord {
		exit(serveBaseline(ctx, os.Args[2], os.Args[3]))
	}
	b := &bench{}
	var engines string
	flag.StringVar(&b.binary, "binary", "bin/lighttrends", "the release `program`, as make build makes it")
	flag.IntVar(&b.notes, "notes", 2000, "notes of each gate")
	flag.IntVar(&b.many, "many", 25_000, "notes of each gate in the large database")
	flag.IntVar(&b.rounds, "rounds", 12, "rounds of each server")
	flag.DurationVar(&b.each, "round", 600*time.Millisecond, "how long a round is")
	flag.IntVar(&b.conns, "conns", 16, "connections")
	flag.StringVar(&engines, "engines", "sqlite,postgres", "databases to measure on")
	flag.BoolVar(&b.strict, "strict", false, "exit with 1 when a figure is missed, not only on errors")
	flag.StringVar(&b.only, "only", "", "measure one `thing` only: starts, deliveries, loads, writes or scale")
	flag.Parse()
	b.engines = strings.Split(engines, ",")
	exit(b.run(ctx))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

func (b *bench) run(ctx context.Context) (err error) {
	if b.dir, err = os.MkdirTemp("", "lighttrends-bench-"); err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(b.dir) }()
	// Loading thousands of notes means thousands of commits, each of which waits
	// for the disk. The rounds only read, and what they read is in memory anyway.
	if b.memory, err = os.MkdirTemp("/dev/shm", "lighttrends-bench-"); err != nil {
		b.memory = b.dir
	}
	defer func() { _ = os.RemoveAll(b.memory) }()
	if b.postgres = os.Getenv("TEST_DATABASE_URL"); b.postgres == "" {
		cluster, err := dbtest.StartCluster()
		if err != nil {
			return err
		}
		defer func() { _ = cluster.Stop() }()
		b.postgres = cluster.URL
	}
	steps := []func(context.Context) error{b.size, b.starts, b.deliveries, b.loads, b.writes, b.scale}
	if b.only != "" { // while working on one of them
		steps = map[string][]func(context.Context) error{"starts": {b.starts}, "deliveries": {b.deliveries}, "loads": {b.loads}, "writes": {b.writes}, "scale": {b.scale}}[b.only]
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	fmt.Println()
	missed := print(os.Stdout, b.lines, b.runners)
	return b.judge(missed)
}

// judge makes an error of what went wrong under load, and with -strict of a
// figure that was missed.
func (b *bench) judge(missed int) error {
	var errs []error
	for _, r := range b.runners {
		if n, first := r.failures(); n > 0 {
			errs = append(errs, fmt.Errorf("%s: %d errors, the first: %w", r.name, n, first))
		}
	}
	if b.strict && missed > 0 {
		errs = append(errs, fmt.Errorf("%d figures were missed", missed))
	}
	return errors.Join(errs...)
}

func say(format string, a ...any) { fmt.Fprintf(os.Stderr, format+"\n", a...) }

// house makes a server with a folder and, on Postgres, a database of its own.
func (b *bench) house(ctx context.Context, engine, dir string) (*house, error) {
	database := ""
	if engine == fromPostgres {
		var err error
		if database, err = b.database(ctx); err != nil {
			return nil, err
		}
	}
	return newHouse(ctx, b.binary, engine, dir, database)
}

// database makes an empty one. It ends with the run's cluster; in a cluster of
// somebody else its name tells whose it was.
func (b *bench) database(ctx context.Context) (string, error) { return b.databaseOf(ctx, b.postgres) }

func (b *bench) databaseOf(ctx context.Context, cluster string) (string, error) {
	b.mu.Lock()
	b.databases++
	name := fmt.Sprintf("lighttrends_bench_%d_%d", os.Getpid(), b.databases)
	b.mu.Unlock()
	cfg, err := pgx.ParseConfig(cluster)
	if err != nil {
		return "", err
	}
	conn, err := pgx.ConnectConfig(ctx, cfg)
	if err != nil {
		return "", err
	}
	defer func() { _ = conn.Close(ctx) }()
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize()); err != nil {
		return "", err
	}
	return withDatabase(cluster, name)
}

// size looks at the binary.
func (b *bench) size(context.Context) error {
	info, err := os.Stat(b.binary)
	if err != nil {
		return fmt.Errorf("%w (make build makes it)", err)
	}
	f, err := elf.Open(b.binary)
	if err != nil {
		return err
	}
	stripped := f.Section(".symtab") == nil && f.Section(".debug_info") == nil && f.Section(".zdebug_info") == nil
	if err := f.Close(); err != nil {
		return err
	}
	l := limit("binary, one file, stripped", megabytes(info.Size()), 45, "MB", "")
	if !stripped {
		l.kept, l.measured = false, l.measured+", with symbols"
	}
	b.lines = append(b.lines, l)
	return nil
}

func (b *bench) starts(ctx context.Context) error {
	for _, engine := range b.engines {
		say("starting on %s …", engine)
		fresh, second, err := startTimes(ctx, b, engine)
		if err != nil {
			return err
		}
		mostFresh, mostSecond := 1000.0, 400.0
		if engine == fromPostgres { // told, not judged: another process has a part in it
			mostFresh, mostSecond = 0, 0
		}
		for _, x := range []struct {
			what string
			took spread
			most float64
		}{{"fresh database", milliseconds(fresh), mostFresh}, {"second start", milliseconds(second), mostSecond}} {
			b.lines = append(b.lines, limit("start to first page, "+x.what+", "+engine, x.took.median, x.most, "ms",
				fmt.Sprintf(" (%.0f to %.0f)", x.took.least, x.took.most)))
		}
	}
	return nil
}
