package compare

// pair is a line or block of each side that belong together, by index; -1 for
// one that stands alone.
type pair struct{ from, to int }

// Pairing looks at every line of a run with every line of the other. Runs
// that would take too long are paired as they come.
const (
	maxPairing = 40_000
	alike      = 0.3 // the share of common words from which two lines are one that was changed
)

// pairs matches lines that were taken away with lines that were added in
// their place, in order, so that as much as possible is common to them.
func pairs(from, to []string) []pair {
	n, m := len(from), len(to)
	if n*m > maxPairing {
		return inOrder(n, m)
	}
	bags, others := bagsOf(from), bagsOf(to)
	// best[i][j] is the most that lines from i and j on have in common.
	best := make([][]float64, n+1)
	share := make([][]float64, n)
	for i := range best {
		best[i] = make([]float64, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		share[i] = make([]float64, m)
		for j := m - 1; j >= 0; j-- {
			share[i][j] = common(bags[i], others[j])
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if share[i][j] >= alike {
				best[i][j] = max(best[i][j], best[i+1][j+1]+share[i][j])
			}
		}
	}
	var out []pair
	i, j := 0, 0
	for i < n && j < m {
		switch {
		case share[i][j] >= alike && best[i][j] == best[i+1][j+1]+share[i][j]:
			out = append(out, pair{i, j})
			i, j = i+1, j+1
		case best[i][j] == best[i+1][j]:
			out = append(out, pair{i, -1})
			i++
		default:
			out = append(out, pair{-1, j})
			j++
		}
	}
	return append(out, rest(i, n, j, m)...)
}

func inOrder(n, m int) (out []pair) {
	k := min(n, m)
	for i := range k {
		out = append(out, pair{i, i})
	}
	return append(out, rest(k, n, k, m)...)
}

func rest(i, n, j, m int) (out []pair) {
	for ; i < n; i++ {
		out = append(out, pair{i, -1})
	}
	for ; j < m; j++ {
		out = append(out, pair{-1, j})
	}
	return out
}

// bag counts the words of a text.
type bag struct {
	words map[string]int
	total int
}

func bagsOf(list []string) []bag {
	out := make([]bag, len(list))
	for i, s := range list {
		out[i] = bag{words: map[string]int{}}
		for _, w := range words(s) {
			if w != " " {
				out[i].words[w]++
				out[i].total++
			}
		}
	}
	return out
}

// common is the share of words that two texts have in common.
func common(a, b bag) float64 {
	if a.total+b.total == 0 {
		return 0
	}
	n := 0
	for w, k := range a.words {
		n += min(k, b.words[w])
	}
	return 2 * float64(n) / float64(a.total+b.total)
}
