# The service, installed as on any machine (see the Makefile), without what only developers need.
FROM python:3.13-slim
RUN apt-get update && apt-get install -y -qq --no-install-recommends make \
    && useradd --create-home docscan
WORKDIR /app
COPY . .
RUN make setup LOCK=requirements.lock \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o docscan /data
USER docscan
ENV DOCSCAN_DATA_DIR=/data DOCSCAN_HOST=0.0.0.0 DOCSCAN_PORT=8080 OMP_THREAD_LIMIT=1
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD [".venv/bin/python", "-c", "import httpx; httpx.get('http://127.0.0.1:8080/healthz').raise_for_status()"]
CMD [".venv/bin/docscan", "serve"]
