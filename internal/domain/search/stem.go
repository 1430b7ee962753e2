package search

import "strings"

// stem takes off the endings of English inflection: plurals, -ed, -ing and a
// silent e. It leaves derivations alone (a market is not marketing's only
// word, but university and universe have nothing in common), because a reader
// who finds what they did not ask for stops trusting the search. Words of other
// scripts are as they are.
func stem(w string) string {
	if len(w) < 4 || !inLetters(w) {
		return w
	}
	w = singular(w)
	w = verb(w)
	if len(w) > 3 && strings.HasSuffix(w, "e") && !strings.HasSuffix(w, "ee") {
		w = w[:len(w)-1]
	}
	return w
}

func inLetters(w string) bool {
	for i := range len(w) {
		if w[i] < 'a' || w[i] > 'z' {
			return false
		}
	}
	return true
}

func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "xes"), strings.HasSuffix(w, "zzes"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "ss"), strings.HasSuffix(w, "us"), strings.HasSuffix(w, "is"), !strings.HasSuffix(w, "s"):
		return w
	default:
		return w[:len(w)-1]
	}
}

func verb(w string) string {
	base := ""
	switch {
	case strings.HasSuffix(w, "ied") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "eed"):
		return w
	case strings.HasSuffix(w, "ing"):
		base = w[:len(w)-3]
	case strings.HasSuffix(w, "ed"):
		base = w[:len(w)-2]
	}
	if len(base) < 3 || !strings.ContainsAny(base, "aeiouy") {
		return w
	}
	if n := len(base); base[n-1] == base[n-2] && !strings.ContainsRune("lsz", rune(base[n-1])) {
		base = base[:n-1]
	}
	return base
}
