package app

import (
	"os"
	"runtime"
	"runtime/debug"
	"time"

	"lighttrends/internal/platform/config"
	"lighttrends/internal/platform/db"
)

// heapGrowth is how much more than what is in use may lie about before the
// collector comes, in per cent, up to heapAim. Little is in use beside finished
// answers: with 50 it came twenty times a second under load and took a fifth of
// the processor while notes were written. GOGC in the environment says otherwise.
const heapGrowth = 200

// heapAim is where the collector begins to work harder, in bytes. It bounds
// what a rush of requests leaves lying about; it is no limit for what is in
// use, and GOMEMLIMIT in the environment replaces it. With all copies of
// answers full about 70 MB are in use: at 100 an answer for a member cost twice
// the processor time (make bench). SQLite works in this process and takes its
// part beside the heap.
const (
	heapAim     = 112 << 20
	sqliteTakes = 12 << 20
)

// startingTakes is when what a start needed once is no longer in use: parsed
// migrations, templates and schemas, and what jobs took that an update left to
// do; after a minute that is so even for long ones.
var startingTakes = []time.Duration{3 * time.Second, 15 * time.Second, time.Minute}

// A server that made less than quiet bytes in a time of idle has nothing to do:
// what the last rush left goes back to the system.
const (
	idle  = time.Minute
	quiet = 16 << 20
)

// keepSmall sets how much memory the process takes. What starting needed goes
// back to the system when it is over, and what a rush needed when it is quiet;
// stop gives that up.
func keepSmall(cfg config.Config) (stop func()) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(heapGrowth)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		aim := int64(heapAim)
		if cfg.DatabaseURL == "" {
			aim -= sqliteTakes
		}
		debug.SetMemoryLimit(aim)
	}
	var timers []*time.Timer
	for _, after := range startingTakes {
		timers = append(timers, time.AfterFunc(after, giveBack))
	}
	over := make(chan struct{})
	go giveBackWhenQuiet(over)
	return func() {
		close(over)
		for _, t := range timers {
			t.Stop()
		}
	}
}

// giveBackWhenQuiet gives back once after each rush.
func giveBackWhenQuiet(over <-chan struct{}) {
	each := time.NewTicker(idle)
	defer each.Stop()
	last, owed := allocated(), false
	for {
		select {
		case <-over:
			return
		case <-each.C:
		}
		now := allocated()
		rush := now-last > quiet
		if owed && !rush {
			giveBack()
			now = allocated()
		}
		last, owed = now, rush
	}
}

// allocated is how much the process has ever put on the heap, in bytes.
func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// giveBack collects twice: what lies in pools outlives the first time.
func giveBack() {
	runtime.GC()
	debug.FreeOSMemory()
	db.GiveBack()
	giveBackProgram()
}
