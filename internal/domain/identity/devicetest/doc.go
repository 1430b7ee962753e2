// Package devicetest is a device with passkeys, made of software: tests give
// it what a browser would be asked, and get what the browser would answer.
package devicetest
