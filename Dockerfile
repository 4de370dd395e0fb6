# The embedded service on Debian 12. Each step is a Makefile target, so that what works without containers works here.
FROM debian:12-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates make python3 python3-venv \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
# the model is joined here only to prove that its packages are whole; the running service joins its own in the volume
RUN QA_MONITOR_MODELS_DIR=/tmp/models make runtime && rm -rf /tmp/models

FROM debian:12-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates python3 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin qa-monitor \
 && install -d -o 10001 -g 10001 -m 0750 /var/lib/qa-monitor /var/cache/qa-monitor
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    MALLOC_ARENA_MAX=2 \
    QA_MONITOR_HOST=0.0.0.0 \
    QA_MONITOR_DATA_DIR=/var/lib/qa-monitor \
    QA_MONITOR_MODELS_DIR=/var/cache/qa-monitor/models
WORKDIR /var/lib/qa-monitor
VOLUME ["/var/lib/qa-monitor", "/var/cache/qa-monitor"]
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["qa-monitor", "healthcheck"]
ENTRYPOINT ["qa-monitor"]
CMD ["serve"]
