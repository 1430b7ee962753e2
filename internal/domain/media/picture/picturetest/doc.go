// Package picturetest makes pictures for tests: ordinary ones, and such as
// nobody should be able to upload. None of them comes from a camera.
package picturetest
