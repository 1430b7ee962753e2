package blob

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"time"
)

// S3Options says which bucket, and how to get there.
type S3Options struct {
	Endpoint  string // http(s)://host[:port]
	Bucket    string
	Region    string // may be empty: the store is asked
	AccessKey string
	SecretKey string
	PathStyle bool // https://host/bucket instead of https://bucket.host
}

// S3 keeps files in a bucket.
type S3 struct{ line *line }

// checkWithin bounds the look at the bucket when the program starts.
const checkWithin = 20 * time.Second

// OpenS3 connects and makes sure that the bucket is there. The errors are for
// the owner who starts the program and never hold a key.
func OpenS3(ctx context.Context, o S3Options) (*S3, error) {
	u, err := url.Parse(o.Endpoint)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
		return nil, errors.New("the S3 endpoint must look like https://host or http://host:port")
	}
	if u.Path != "" && u.Path != "/" {
		return nil, errors.New("the S3 endpoint has no path; the bucket is named apart from it")
	}
	l, err := newLine(*u, o)
	if err != nil {
		return nil, err
	}
	s := &S3{l}
	return s, s.check(ctx, u.Host)
}

func (s *S3) check(ctx context.Context, host string) error {
	ctx, cancel := context.WithTimeout(ctx, checkWithin)
	defer cancel()
	err := s.line.do(ctx, ask{method: http.MethodHead})
	var no *refusal
	switch errors.As(err, &no); {
	case err == nil:
		return nil
	case no == nil:
		return fmt.Errorf("S3: %s does not answer", host)
	case no.Code == noSuchBucket:
		return fmt.Errorf("S3: there is no bucket %q at %s", s.line.bucket, host)
	case no.Status == http.StatusForbidden || no.Status == http.StatusUnauthorized:
		return fmt.Errorf("S3: %s refuses these keys for the bucket %q, or they may not list it", host, s.line.bucket)
	}
	return fmt.Errorf("S3: %s answers %d for the bucket %q; is the region right?", host, no.Status, s.line.bucket)
}

// Put implements Store. One request puts the whole file, so there is never a
// half one; S3 takes up to 5 GiB that way.
func (s *S3) Put(ctx context.Context, key string, r io.Reader, size int64, contentType string) error {
	if err := CheckKey(key); err != nil {
		return err
	}
	r, err := sized(ctx, r, size)
	if err != nil {
		return trouble(ctx, err)
	}
	if contentType == "" {
		contentType = "application/octet-stream"
	}
	err = s.line.do(ctx, ask{
		method: http.MethodPut, key: key, body: r, size: size, header: http.Header{"Content-Type": {contentType}},
	})
	return trouble(ctx, err)
}

// Stat implements Store.
func (s *S3) Stat(ctx context.Context, key string) (Info, error) {
	if err := CheckKey(key); err != nil {
		return Info{}, err
	}
	answer, err := s.line.ask(ctx, ask{method: http.MethodHead, key: key})
	if err != nil {
		return Info{}, s3Trouble(ctx, err)
	}
	defer func() { _ = answer.Body.Close() }()
	info, err := described(key, answer)
	return info, trouble(ctx, err)
}

// Delete implements Store.
func (s *S3) Delete(ctx context.Context, key string) error {
	if err := CheckKey(key); err != nil {
		return err
	}
	err := s.line.do(ctx, ask{method: http.MethodDelete, key: key})
	if err = s3Trouble(ctx, err); errors.Is(err, errNotFound) {
		return nil
	}
	return err
}

// List implements Store.
func (s *S3) List(ctx context.Context, folder string) iter.Seq2[Info, error] {
	return func(yield func(Info, error) bool) {
		if err := checkFolder(folder); err != nil {
			yield(Info{}, err)
			return
		}
		for token, more := "", true; more; {
			p, err := s.page(ctx, folder, token)
			if err != nil {
				yield(Info{}, trouble(ctx, err))
				return
			}
			for _, o := range p.Contents {
				key := o.Key
				if p.EncodingType == "url" {
					key, _ = url.QueryUnescape(key) // a key that comes out empty is none of ours
				}
				if CheckKey(key) == nil && !yield(Info{Key: key, Size: o.Size, Modified: o.LastModified.UTC()}, nil) {
					return
				}
			}
			token, more = p.NextContinuationToken, p.IsTruncated
		}
	}
}

// page is one answer to ListObjectsV2, of up to a thousand files.
type page struct {
	XMLName  xml.Name `xml:"ListBucketResult"`
	Contents []struct {
		Key          string
		Size         int64
		LastModified time.Time
	}
	EncodingType          string
	IsTruncated           bool
	NextContinuationToken string
}

// page asks for coded keys: somebody else may have put a file under a name that
// XML cannot hold.
func (s *S3) page(ctx context.Context, folder, token string) (page, error) {
	q := url.Values{"list-type": {"2"}, "prefix": {folder}, "encoding-type": {"url"}}
	if token != "" {
		q.Set("continuation-token", token)
	}
	answer, err := s.line.ask(ctx, ask{method: http.MethodGet, query: q})
	if err != nil {
		return page{}, err
	}
	defer func() { _ = answer.Body.Close() }()
	var p page
	if err = xml.NewDecoder(answer.Body).Decode(&p); err == nil && p.IsTruncated && p.NextContinuationToken == "" {
		err = errors.New("the list goes on, and it is not said where")
	}
	return p, err
}

// errNoLength is about an answer that leaves open how long the file is: it must
// not pass for an empty one.
var errNoLength = errors.New("blob: the store does not say how long the file is")

// described reads what an answer says about the file. Some stores write the
// day with one digit.
func described(key string, answer *http.Response) (Info, error) {
	if answer.ContentLength < 0 {
		return Info{}, errNoLength
	}
	modified, err := time.Parse("Mon, 2 Jan 2006 15:04:05 MST", answer.Header.Get("Last-Modified"))
	return Info{Key: key, Size: answer.ContentLength, Modified: modified.UTC()}, err
}

// s3Trouble tells a missing file from a missing bucket, which is an outage.
func s3Trouble(ctx context.Context, err error) error {
	var no *refusal
	if errors.As(err, &no) && no.Code == noSuchKey {
		return errNotFound.Because(err)
	}
	return trouble(ctx, err)
}
