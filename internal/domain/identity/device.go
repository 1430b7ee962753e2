package identity

import "strings"

// sign is a word in a User-Agent header and what we call it.
type sign struct{ word, name string }

// device says in a few words of our own what a User-Agent header stands for.
// The header itself is not kept: it is long, and it can hold anything.
func device(header string) string {
	// Most headers name several browsers to please sites, so the order counts.
	program := firstSign(header, "Unknown program",
		sign{"Edg", "Edge"}, sign{"OPR/", "Opera"}, sign{"SamsungBrowser", "Samsung Internet"},
		sign{"Firefox", "Firefox"}, sign{"FxiOS", "Firefox"}, sign{"CriOS", "Chrome"},
		sign{"Chromium", "Chromium"}, sign{"Chrome", "Chrome"}, sign{"Safari", "Safari"},
		sign{"curl", "curl"}, sign{"Go-http-client", "Go program"}, sign{"python", "Python program"}, sign{"node", "Node program"})
	system := firstSign(header, "",
		sign{"iPhone", "iPhone"}, sign{"iPad", "iPad"}, sign{"Android", "Android"}, sign{"Windows", "Windows"},
		sign{"CrOS", "ChromeOS"}, sign{"Mac OS", "Mac"}, sign{"Linux", "Linux"})
	if system == "" {
		return program
	}
	return program + " on " + system
}

// DeviceName is a name for the device that sent a User-Agent header, to begin
// with.
func DeviceName(header string) string { return device(header) }

func firstSign(header, otherwise string, signs ...sign) string {
	for _, s := range signs {
		if strings.Contains(header, s.word) {
			return s.name
		}
	}
	return otherwise
}
