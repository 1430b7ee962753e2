// Package portal is the face for readers: pages drawn on the server that are
// complete without a script.
//
// Strangers come to browse, to read teasers, to buy and to write; members to
// read on and to look after their account. Every page of a note asks the one
// access decision and gets the whole text from the library for a full decision
// only, so nothing from below the paywall can reach a page without it.
//
// What is the same for everybody carries an entity tag and may be kept by
// shared caches that ask again. What depends on who asks is private, no-store.
// Forms post to this origin and are refused from another one.
//
// The files: portal.go and routes.go are the way in; page.go, send.go and
// assets.go draw and send; the others tell one story each. Templates and the
// stylesheet are in package web, covers of issues in package cover.
package portal
