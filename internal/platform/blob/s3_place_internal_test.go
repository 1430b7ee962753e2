package blob

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestWhereABucketIsFound(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		endpoint, bucket, region string
		path                     bool
		want, wantRegion         string
	}{
		"by path":                {"http://store:9000", "files", "r", true, "http://store:9000/files/a/b.pdf?x=1%2F2", "r"},
		"by host":                {"https://store", "files", "r", false, "https://files.store/a/b.pdf?x=1%2F2", "r"},
		"a port of its own":      {"http://store:80", "files", "r", true, "http://store/files/a/b.pdf?x=1%2F2", "r"},
		"IPv6":                   {"https://[::1]:443", "files", "r", true, "https://[::1]/files/a/b.pdf?x=1%2F2", "r"},
		"somebody else's port":   {"http://store:443", "files", "r", true, "http://store:443/files/a/b.pdf?x=1%2F2", "r"},
		"Amazon":                 {"https://s3.amazonaws.com", "files", "eu-west-3", false, "https://files.s3.dualstack.eu-west-3.amazonaws.com/a/b.pdf?x=1%2F2", "eu-west-3"},
		"Amazon, in the address": {"https://s3.eu-west-3.amazonaws.com", "files", "", false, "https://files.s3.dualstack.eu-west-3.amazonaws.com/a/b.pdf?x=1%2F2", "eu-west-3"},
		"Amazon in China":        {"https://s3.cn-north-1.amazonaws.com.cn", "files", "", true, "https://s3.dualstack.cn-north-1.amazonaws.com.cn/files/a/b.pdf?x=1%2F2", "cn-north-1"},
		"Amazon, FIPS":           {"https://s3-fips.us-east-2.amazonaws.com", "files", "", true, "https://s3-fips.us-east-2.amazonaws.com/files/a/b.pdf?x=1%2F2", "us-east-2"},
		"nothing tells":          {"https://store", "files", "", true, "https://store/files/a/b.pdf?x=1%2F2", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u, err := url.Parse(tt.endpoint)
			if err != nil {
				t.Fatal(err)
			}
			p, region, err := newPlace(*u, S3Options{Bucket: tt.bucket, Region: tt.region, PathStyle: tt.path})
			if err != nil || region != tt.wantRegion {
				t.Fatalf("region %q, %v", region, err)
			}
			if got := p.address(region, "a/b.pdf", url.Values{"x": {"1/2"}}); got != tt.want {
				t.Errorf("got %s", got)
			}
		})
	}
}

// TestAFileInsideTLSIsNotSignedPieceByPiece: the line keeps it whole.
func TestAFileInsideTLSIsNotSignedPieceByPiece(t *testing.T) {
	t.Parallel()
	l := &line{place: place{scheme: "https"}, accessKey: "AKIAEXAMPLE", secretKey: "very-secret-words"}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, "https://store/files/a", strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	h := l.signed(req, "eu-test-1").Header
	if h.Get("X-Amz-Content-Sha256") != "UNSIGNED-PAYLOAD" || !strings.Contains(h.Get("Authorization"), "/eu-test-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=") {
		t.Errorf("%v", h)
	}
}
