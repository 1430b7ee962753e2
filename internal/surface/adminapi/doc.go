// Package adminapi is the JSON API for staff and for programs that publish:
// what the desk can do, a script can do with an API key. Each operation names
// the capability it needs in its route line; the rooms check again.
//
// Changes may carry the version they were made from (If-Match), and those of
// notes, issues and views must; every POST from which something comes may carry
// an Idempotency-Key. guard.go sees to both, for all operations alike. The desk's session lives in a cookie that only its own
// pages can use.
package adminapi
