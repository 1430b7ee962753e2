package blob

import (
	"context"
	"encoding/xml"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/minio/minio-go/v7/pkg/s3utils"
)

// place is where a bucket is found.
type place struct {
	scheme    string
	host      string // without the scheme's own port, which no client names
	bucket    string
	pathStyle bool
	amazon    bool // the host depends on the region
}

// newPlace reads an endpoint. The region is empty when nothing tells it.
func newPlace(u url.URL, o S3Options) (p place, region string, err error) {
	if s3utils.CheckValidBucketName(o.Bucket) != nil {
		return place{}, "", errors.New("S3: no bucket can have the name " + strings.ToValidUTF8(o.Bucket, "?"))
	}
	p = place{scheme: u.Scheme, host: bare(u), bucket: o.Bucket, pathStyle: o.PathStyle}
	p.amazon = s3utils.IsAmazonEndpoint(u) && !s3utils.IsAmazonFIPSEndpoint(u) && !s3utils.IsAmazonPrivateLinkEndpoint(u)
	if o.Region != "" {
		return p, o.Region, nil
	}
	return p, s3utils.GetRegionFromURL(u), nil
}

func bare(u url.URL) string {
	host, port, err := net.SplitHostPort(u.Host)
	if err != nil || (u.Scheme != "http" || port != "80") && (u.Scheme != "https" || port != "443") {
		return u.Host
	}
	if strings.Contains(host, ":") {
		return "[" + host + "]"
	}
	return host
}

// address is the URL of a file, or of the bucket when the key is empty.
func (p place) address(region, key string, query url.Values) string {
	host := p.host
	if p.amazon && region != "" {
		host = "s3.dualstack." + region + ".amazonaws.com"
		if strings.HasPrefix(region, "cn-") {
			host += ".cn"
		}
	}
	u := url.URL{Scheme: p.scheme, Host: p.bucket + "." + host, Path: "/" + key, RawQuery: query.Encode()}
	if p.pathStyle {
		u.Host, u.Path = host, "/"+p.bucket+"/"+key
	}
	return u.String()
}

// home is the region that signs what is asked before the region is known.
const home = "us-east-1"

// whichRegion gives the region, and asks the store for it once.
func (l *line) whichRegion(ctx context.Context) (string, error) {
	if known := l.region.Load(); known != nil {
		return *known, nil
	}
	region, err := l.askRegion(ctx)
	if err != nil {
		return "", err
	}
	l.region.Store(&region)
	return region, nil
}

func (l *line) askRegion(ctx context.Context) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, l.address("", "", url.Values{"location": {""}}), nil)
	if err != nil {
		return "", err
	}
	answer, err := l.send(l.signed(req, home), "")
	if err != nil {
		return regionOf(err)
	}
	defer func() { _ = answer.Body.Close() }()
	var region string
	if err := xml.NewDecoder(answer.Body).Decode(&region); err != nil {
		return "", err
	}
	switch region = strings.TrimSpace(region); region {
	case "":
		return home, nil
	case "EU": // what the oldest buckets say
		return "eu-west-1", nil
	}
	return region, nil
}

// regionOf reads the region out of a refusal to tell it. Keys that may use a
// bucket need not be allowed to ask for its place.
func regionOf(err error) (string, error) {
	var no *refusal
	switch {
	case !errors.As(err, &no):
		return "", err
	case no.Code == "NotImplemented" && no.Server == "cloudflare":
		return home, nil
	case no.Code == "NotImplemented" && no.Server == "AmazonSnowball":
		return "snowball", nil
	case no.aboutRegion() && no.Region == "":
		return home, nil
	case no.aboutRegion():
		return no.Region, nil
	}
	return "", err
}
