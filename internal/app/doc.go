// Package app wires the house: it builds every room and face from the
// configuration, runs the web server and the job workers, and stops them with
// nothing cut off. It holds no rule of the trade; reactions.go says on one
// screen which event leads to which job.
package app
