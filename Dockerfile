# The server as an image: what it needs to run and nothing to build with, as a user who owns nothing but its data.
# Settings come from the environment (README); docs/operations.md tells how it is run.
FROM python:3.11-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.txt /
RUN python -m venv /packages && /packages/bin/pip install --only-binary :all: --requirement /requirements.txt

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --no-create-home --home-dir /app --shell /usr/sbin/nologin jawabdeh \
    && install -d -o jawabdeh -g jawabdeh -m 700 /app/var
COPY --from=packages /packages /packages
WORKDIR /app
COPY app.py ./
COPY assets ./assets
COPY callbacks ./callbacks
COPY dashboard ./dashboard
COPY data_access ./data_access
COPY layouts ./layouts
RUN /packages/bin/python -m compileall -q .
ENV PATH=/packages/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOST=0.0.0.0 PORT=8050 LOG_FORMAT=json
USER 10001:10001
VOLUME /app/var
EXPOSE 8050
# That the process answers, not that the database does: a server is not better for being started anew without it.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', timeout=4)"]
STOPSIGNAL SIGTERM
CMD ["python", "app.py"]
