package blob

import (
	"crypto/x509"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
)

// refusal is an answer that is no success, in S3's words where it has some.
type refusal struct {
	XMLName xml.Name `xml:"Error"`
	Status  int      `xml:"-"`
	Server  string   `xml:"-"`
	Code    string
	Message string
	Region  string // where the bucket is, when the store says it
}

const (
	noSuchKey    = "NoSuchKey"
	noSuchBucket = "NoSuchBucket"
	maxRefusal   = 1 << 20 // bytes of an answer that are read to learn why
)

// Error implements error.
func (r *refusal) Error() string {
	return fmt.Sprintf("S3 answered %d %s: %s", r.Status, r.Code, r.Message)
}

// refused reads an answer. One without a body, as after HEAD, or with a page
// of somebody in between, is told by its status.
func refused(answer *http.Response, key string) *refusal {
	r := &refusal{}
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxRefusal))
	if err != nil || xml.Unmarshal(body, r) != nil {
		r = &refusal{Code: answer.Status}
		switch {
		case answer.StatusCode == http.StatusNotFound && key == "":
			r.Code = noSuchBucket
		case answer.StatusCode == http.StatusNotFound:
			r.Code = noSuchKey
		case answer.StatusCode == http.StatusForbidden:
			r.Code = "AccessDenied"
		}
	}
	r.Status, r.Server = answer.StatusCode, answer.Header.Get("Server")
	if code := answer.Header.Get("X-Minio-Error-Code"); code != "" {
		r.Code = code
	}
	if r.Region = strings.TrimSpace(r.Region); r.Region == "" {
		r.Region = answer.Header.Get("X-Amz-Bucket-Region")
	}
	return r
}

// aboutRegion tells whether the wrong region may be the reason.
func (r *refusal) aboutRegion() bool {
	return slices.Contains([]string{"AuthorizationHeaderMalformed", "InvalidRegion", "AccessDenied"}, r.Code)
}

// What may be better in a moment. 499 and 520 are words of proxies.
var (
	passingCodes = []string{
		"RequestError", "RequestTimeout", "Throttling", "ThrottlingException", "RequestLimitExceeded", "RequestThrottled",
		"InternalError", "ExpiredToken", "ExpiredTokenException", "SlowDown", "SlowDownWrite", "SlowDownRead",
	}
	passingStatus = []int{408, 429, 499, 500, 502, 503, 504, 520}
)

// passing tells whether to try again: after what a store says of itself, and
// after whatever went wrong on the way but for a stranger's certificate and
// an answer without TLS.
func passing(err error) bool {
	var no *refusal
	if errors.As(err, &no) {
		return slices.Contains(passingCodes, no.Code) || slices.Contains(passingStatus, no.Status)
	}
	var stranger x509.UnknownAuthorityError
	return !errors.As(err, &stranger) && !errors.Is(err, http.ErrSchemeMismatch)
}
