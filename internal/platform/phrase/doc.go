// Package phrase holds the words that readers see, in every language that is
// shipped, and writes dates, numbers, amounts and plurals the way each of them
// does.
//
// A language is one file, catalogue/TAG.json: how it counts and writes dates
// under "_language", and a text for each key. A text is a string, or for what
// is counted an object with the plural forms of the language. {name} in a text
// stands for a value, {n} for the number that is counted. English has every
// key; a test holds the others to the same ones.
//
// It decides nothing: which language is spoken is the publication's setting.
// Pages are the same for every stranger and may be kept by shared caches, so
// no header of a request chooses one.
package phrase
