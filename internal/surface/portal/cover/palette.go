package cover

import "time"

// palette is the colours of a month: paper and ink, five tones from close to
// the paper to far from it, and one that sings.
type palette struct {
	paper, ink string
	tones      [5]string
	spark      string
}

// inks gives the colours of a month. Ink on paper is 7:1 or more.
func inks(m time.Month) palette {
	switch m {
	case time.January:
		return palette{"#0f2a43", "#f3efe6", [5]string{"#163a59", "#22567d", "#4484ab", "#8fb8d0", "#d3e2ea"}, "#f2a65a"}
	case time.February:
		return palette{"#2b2440", "#f5f0e8", [5]string{"#3b3259", "#574a80", "#7f70ab", "#b0a4d1", "#dfd8ef"}, "#f2c14e"}
	case time.March:
		return palette{"#ece6d6", "#1f2f22", [5]string{"#d5d8b9", "#adbd88", "#74985f", "#42704a", "#234c38"}, "#d9542b"}
	case time.April:
		return palette{"#dbe8e6", "#0d3436", [5]string{"#b8d5d1", "#86b8b3", "#4b918d", "#1f6d6b", "#0c4a4c"}, "#e2673d"}
	case time.May:
		return palette{"#f5e6d8", "#451b2a", [5]string{"#eecdbc", "#e0a598", "#c46e73", "#93405a", "#5f2340"}, "#1f6f78"}
	case time.June:
		return palette{"#f4d35e", "#292006", [5]string{"#edbf3a", "#dd9d22", "#ba7014", "#84470d", "#4f2807"}, "#154a72"}
	case time.July:
		return palette{"#932818", "#fff2e4", [5]string{"#a93a26", "#d56f4d", "#e89a72", "#f4c39d", "#fce4cb"}, "#ffd166"}
	case time.August:
		return palette{"#0f4446", "#f3efe2", [5]string{"#185d5e", "#2a8280", "#5fa99f", "#a1cfc2", "#d8ebe1"}, "#f4b942"}
	case time.September:
		return palette{"#66261a", "#f9ebda", [5]string{"#813726", "#a55336", "#c97f55", "#e3ae82", "#f4d7b6"}, "#8fcac2"}
	case time.October:
		return palette{"#e0a043", "#221303", [5]string{"#d38c2c", "#bb6f19", "#924e0f", "#653109", "#3b1c05"}, "#0f4a52"}
	case time.November:
		return palette{"#262b32", "#f2efe9", [5]string{"#363e48", "#52606c", "#82919d", "#b4c0c7", "#dee4e6"}, "#ee6a3c"}
	default:
		return palette{"#12392a", "#f5f1e5", [5]string{"#1b4f3a", "#2f7153", "#659a7c", "#a5c7af", "#dbe8da"}, "#dda63a"}
	}
}
