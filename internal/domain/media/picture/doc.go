// Package picture turns bytes that somebody uploaded into pictures that are
// safe to serve. It decodes what it is given and encodes it again, so nothing
// of the original bytes reaches a reader: no metadata, no place where a photo
// was taken, no colour profile, nothing that was hidden in or behind it.
//
// It takes JPEG, PNG, GIF and WebP, known by their content. Sizes are read
// from the header and refused before anything is decoded. A [Darkroom] works
// on one picture at a time.
//
// What comes out is a JPEG for photographs, a PNG for what is transparent or
// has few colours, and a GIF for what moves: its frames are decoded and
// encoded again one by one, so it keeps moving and keeps nothing else.
package picture
