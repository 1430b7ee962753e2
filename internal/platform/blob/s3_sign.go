package blob

import (
	"crypto/sha256"
	"hash"
	"net/http"

	"github.com/minio/minio-go/v7/pkg/signer"

	"lighttrends/internal/platform/clock"
)

// nothing is the SHA-256 of no bytes.
const nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

// signed signs a request with signature version 4. A file that travels without
// TLS is signed piece by piece, so that nobody changes it on its way. The store
// compares the time with its own, so it is always the machine's.
func (l *line) signed(req *http.Request, region string) *http.Request {
	req.Header.Set("User-Agent", "lighttrends")
	switch {
	case req.Body == nil:
		req.Header.Set("X-Amz-Content-Sha256", nothing)
	case l.scheme == "https":
		req.Header.Set("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD")
	default:
		return signer.StreamingSignV4(req, l.accessKey, l.secretKey, "", region, req.ContentLength, clock.System{}.Now(), sha{sha256.New()})
	}
	return signer.SignV4(*req, l.accessKey, l.secretKey, "", region)
}

// sha is a hash that can be given back, as the signer wants it.
type sha struct{ hash.Hash }

// Close does nothing: the garbage collector takes it.
func (sha) Close() {}
