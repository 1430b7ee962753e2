package app

import (
	"os"
	"runtime"
	"runtime/debug"
	"time"

	"lighttrends/internal/platform/db"
)

// Most of what a running server holds are finished answers: large, bounded, and
// without pointers, so looking through them costs the collector next to
// nothing. It may therefore come twice as often as Go's default lets it, and
// the server takes a quarter less memory. GOGC in the environment says
// otherwise.
const heapGrowth = 50

// heapAim is where the collector begins to work harder, in bytes. It bounds
// what a rush of requests leaves lying about; it is no limit for what is in
// use, and GOMEMLIMIT in the environment replaces it. With all copies of
// answers full about 70 MB are in use: at 80 the collector hardly did anything
// else, and an answer cost twice the processor time (make bench).
const heapAim = 112 << 20

// startingTakes is when what a start needed once is no longer in use: parsed
// migrations, templates and schemas, and what jobs took that an update left to
// do; after a minute that is so even for long ones.
var startingTakes = []time.Duration{3 * time.Second, 15 * time.Second, time.Minute}

// keepSmall sets how much memory the process takes. What starting needed goes
// back to the system when it is over; stop gives that up.
func keepSmall() (stop func()) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(heapGrowth)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(heapAim)
	}
	var timers []*time.Timer
	for _, after := range startingTakes {
		timers = append(timers, time.AfterFunc(after, giveBack))
	}
	return func() {
		for _, t := range timers {
			t.Stop()
		}
	}
}

// giveBack collects twice: what lies in pools outlives the first time.
func giveBack() {
	runtime.GC()
	debug.FreeOSMemory()
	db.GiveBack()
	giveBackProgram()
}
