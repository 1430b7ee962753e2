// Package desk serves the single-page app that staff work with. The app is a
// client of the Admin API alone: this package knows no domain word and hands
// out files and one page, which is the same for everybody but for its nonce.
//
// The files come from web/desk/dist, which is built and committed; see
// `make web`. Their address carries a version of the whole build, so that all
// parts of an open page come from one build and may be kept for good.
package desk
