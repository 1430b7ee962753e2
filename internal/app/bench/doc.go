// Command bench measures what the README promises about speed, start and size,
// in one run and against baselines under the same conditions: each server is a
// process of its own on loopback, the load comes from this one, and the rounds
// of all of them take turns, so that a busy machine slows everybody alike.
//
// It needs the release binary (make build), which it runs as an owner would,
// on data of its own: a throw-away folder, and databases in the Postgres of
// TEST_DATABASE_URL or in one that it starts. Ratios are judged; figures per
// second are there to be compared within one run only.
package main
