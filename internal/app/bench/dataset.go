package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// bodySize is how long a note's Markdown is, about.
const bodySize = 6000

// gates are the two halves of the data.
var gates = []string{"public", "paid"}

func slugOf(gate string, i int) string { return fmt.Sprintf("bench-%s-%04d", gate, i) }

// writeNotes writes n notes of each gate, as the import reads them.
func writeNotes(dir string, n int) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	rng := rand.New(rand.NewPCG(7, 7)) //nolint:gosec // the same notes in every run
	for _, gate := range gates {
		for i := range n {
			slug := slugOf(gate, i)
			if err := os.WriteFile(filepath.Join(dir, slug+".md"), []byte(noteFile(rng, gate, slug, i)), 0o600); err != nil {
				return err
			}
		}
	}
	return nil
}

func noteFile(rng *rand.Rand, gate, slug string, i int) string {
	day := dayOf(i)
	return fmt.Sprintf("---\ntitle: %q\nslug: %s\nkind: research-note\ndate: %s\nauthors: [Ida Bench, Olof Bench]\ntopics: [Measures, Loads]\ngate: %s\nabstract: %q\n---\n\n%s",
		sentence(rng, 6), slug, day.Format(time.RFC3339), gate, sentence(rng, 40), noteBody(rng, gate))
}

// noteBody has what notes have: paragraphs above and below the paywall,
// headings, emphasis, a list, a table and a footnote.
func noteBody(rng *rand.Rand, gate string) string {
	var b strings.Builder
	b.WriteString(sentence(rng, 60) + "\n\n" + sentence(rng, 60) + "\n\n")
	if gate != "public" {
		b.WriteString("<!-- paywall -->\n\n")
	}
	b.WriteString("## The figures\n\n| Quarter | Shipments | Share |\n|---|---:|---:|\n")
	for q := range 8 {
		fmt.Fprintf(&b, "| Q%d | %d | %d%% |\n", q+1, rng.IntN(90_000), rng.IntN(100))
	}
	b.WriteString("\nAs the table shows,[^1] the first half was **stronger**.\n\n")
	for section := 0; b.Len() < bodySize-400; section++ {
		fmt.Fprintf(&b, "## Part %d\n\n%s\n\n- %s\n- %s\n\n%s\n\n", section+1,
			sentence(rng, 80), sentence(rng, 8), sentence(rng, 9), sentence(rng, 70))
	}
	b.WriteString("[^1]: " + sentence(rng, 12) + "\n")
	return b.String()
}

var words = strings.Fields(`market supply demand price foundry wafer vessel margin contract quarter capacity order shipment
	inventory dealer region tariff copper energy storage battery cooling module stack output forecast share growth decline
	cost lead time buyer maker plant line yield the a of in for with under over against before after since while and but or
	rises falls holds turns slows grows ships builds buys sells waits moves opens closes keeps loses wins`)

// writtenBody is the body of the notes that are written during the rounds.
var writtenBody = noteBody(rand.New(rand.NewPCG(3, 3)), "paid") //nolint:gosec // the same in every run

// vocabulary is the words above and thousands of names after them, as texts
// have: the further behind a word stands, the rarer it is.
var vocabulary = append(slices.Clone(words), names(6000)...)

func names(n int) []string {
	syllables := strings.Fields("ba co di fu ga he ji ko lu ma ne po qui ra so ta ve wi xo zu")
	out := make([]string, n)
	for i := range out {
		for k := i + 400; k > 0; k /= 20 {
			out[i] += syllables[k%20]
		}
	}
	return out
}

func sentence(rng *rand.Rand, n int) string {
	zipf := rand.NewZipf(rng, 1.1, 12, uint64(len(vocabulary)-1)) //nolint:gosec // some thousands
	out := make([]string, n)
	for i := range out {
		out[i] = vocabulary[zipf.Uint64()]
	}
	return strings.ToUpper(out[0][:1]) + strings.Join(out, " ")[1:] + "."
}

// fill makes a house's data: the demonstration, which has members who bought
// a plan, and the notes.
func (h *house) fill(ctx context.Context, notes string) error {
	args := []string{"demo"}
	if h.database != "" {
		args = append(args, "--database-url", h.database)
	}
	p, out, err := launch(ctx, h.env(), h.binary, args...)
	if err != nil {
		return err
	}
	h.process = p
	// It says how to stop it when everything is there.
	lines := bufio.NewScanner(out)
	for lines.Scan() && !strings.Contains(lines.Text(), "Ctrl-C") {
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	if err := h.stop(); err != nil {
		return fmt.Errorf("filling the demonstration: %w", err)
	}
	return h.command(ctx, "import", "markdown", notes)
}
