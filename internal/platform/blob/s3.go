package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
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
type S3 struct {
	core   *minio.Core
	bucket string
}

// An answer that has not begun after answerWithin is given up; so is a request
// that failed s3Trials times, with pauses of less than a second between.
const (
	s3Trials     = 3
	answerWithin = 15 * time.Second
	checkWithin  = 20 * time.Second
)

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
	lookup := minio.BucketLookupDNS
	if o.PathStyle {
		lookup = minio.BucketLookupPath
	}
	transport, err := minio.DefaultTransport(u.Scheme == "https")
	if err != nil {
		return nil, err
	}
	transport.ResponseHeaderTimeout = answerWithin
	core, err := minio.NewCore(u.Host, &minio.Options{
		Creds:        credentials.NewStaticV4(o.AccessKey, o.SecretKey, ""),
		Secure:       u.Scheme == "https",
		Region:       o.Region,
		BucketLookup: lookup,
		Transport:    transport,
		MaxRetries:   s3Trials,
	})
	if err != nil {
		return nil, errors.New("the S3 endpoint is not one that can be used")
	}
	s := &S3{core, o.Bucket}
	return s, s.check(ctx, u.Host)
}

func (s *S3) check(ctx context.Context, host string) error {
	ctx, cancel := context.WithTimeout(ctx, checkWithin)
	defer cancel()
	found, err := s.core.BucketExists(ctx, s.bucket)
	switch status := minio.ToErrorResponse(err).StatusCode; {
	case err == nil && found:
		return nil
	case err == nil:
		return fmt.Errorf("S3: there is no bucket %q at %s", s.bucket, host)
	case status == http.StatusForbidden || status == http.StatusUnauthorized:
		return fmt.Errorf("S3: %s refuses these keys for the bucket %q, or they may not list it", host, s.bucket)
	case status != 0:
		return fmt.Errorf("S3: %s answers %d for the bucket %q; is the region right?", host, status, s.bucket)
	}
	return fmt.Errorf("S3: %s does not answer", host)
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
	_, err = s.core.Client.PutObject(ctx, s.bucket, key, r, size, minio.PutObjectOptions{
		ContentType: contentType, DisableMultipart: true,
		DisableContentSha256: size == 0, // signing the chunks of nothing drops the Content-Length
	})
	return trouble(ctx, err)
}

// Stat implements Store.
func (s *S3) Stat(ctx context.Context, key string) (Info, error) {
	if err := CheckKey(key); err != nil {
		return Info{}, err
	}
	o, err := s.core.StatObject(ctx, s.bucket, key, minio.StatObjectOptions{})
	if err != nil {
		return Info{}, s3Trouble(ctx, err)
	}
	return described(key, o), nil
}

// Delete implements Store.
func (s *S3) Delete(ctx context.Context, key string) error {
	if err := CheckKey(key); err != nil {
		return err
	}
	err := s.core.RemoveObject(ctx, s.bucket, key, minio.RemoveObjectOptions{})
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
		for o := range s.core.ListObjectsIter(ctx, s.bucket, minio.ListObjectsOptions{Prefix: folder, Recursive: true}) {
			if o.Err != nil {
				yield(Info{}, trouble(ctx, o.Err))
				return
			}
			if CheckKey(o.Key) == nil && !yield(described(o.Key, o), nil) {
				return
			}
		}
		if ctx.Err() != nil {
			yield(Info{}, trouble(ctx, ctx.Err()))
		}
	}
}

func described(key string, o minio.ObjectInfo) Info {
	return Info{Key: key, Size: o.Size, Modified: o.LastModified.UTC()}
}

// s3Trouble tells a missing file from a missing bucket, which is an outage.
func s3Trouble(ctx context.Context, err error) error {
	if minio.ToErrorResponse(err).Code == minio.NoSuchKey {
		return errNotFound.Because(err)
	}
	return trouble(ctx, err)
}
