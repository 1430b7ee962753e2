// Package reference is what integrators read: the pages under /docs/ about the
// three APIs, the guides and the catalogue of errors; and those parts of the
// OpenAPI documents that no tag of a type holds: what common names mean, and
// examples.
//
// Its texts lie beside the code: words.txt (names and operations), errors.txt
// (one line for each code), examples/*.txt (requests with their answers, which
// tests replay against a server) and guides/*.md. The pages are drawn from the
// documents when somebody first asks, and kept compressed. They need no
// script and depend on nobody.
package reference
