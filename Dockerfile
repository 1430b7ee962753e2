# A small image with one static binary, run by nobody in particular.
FROM golang:1.26-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
COPY internal/platform/db/cgofree internal/platform/db/cgofree
COPY internal/platform/leftout internal/platform/leftout
RUN go mod download
COPY . .
ARG VERSION=image
RUN CGO_ENABLED=0 go build -trimpath -tags timetzdata -ldflags "-s -w -X main.version=${VERSION}" -o /lighttrends ./cmd/lighttrends \
 && mkdir -p /empty/data && cp -r /etc/ssl/certs /empty/certs

FROM scratch
COPY --from=build /empty/certs /etc/ssl/certs
COPY --from=build --chown=65532:65532 /empty/data /data
COPY --from=build /lighttrends /lighttrends
USER 65532:65532
ENV ADDR=:8080 DATA_DIR=/data LOG_FORMAT=json
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/lighttrends"]
