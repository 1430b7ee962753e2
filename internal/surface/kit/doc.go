// Package kit is what all faces of the house share: the web server with its
// limits, the middleware that knows who asks, one way to answer with a fault,
// and the adapter between huma and Fiber.
//
// It knows no domain word. Rooms return faults; problem.go is the one place
// that turns a fault's kind into a status.
package kit
