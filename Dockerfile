# The program in an image: one for every service of docker-compose.yml.

FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/tracker
WORKDIR /src
# The pinned libraries first: this layer changes only when a pin does.
COPY requirements/runtime.txt requirements/
RUN /opt/tracker/bin/pip install --require-hashes -r requirements/runtime.txt
COPY LICENSE README.md pyproject.toml ./
COPY schedules schedules
COPY tracker tracker
COPY workers workers
# No build isolation: setuptools is among the pinned ones, so nothing without a hash is fetched.
RUN /opt/tracker/bin/pip install --no-deps --no-build-isolation .

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/tracker --create-home tracker
COPY --from=build /opt/tracker /opt/tracker
ENV PATH=/opt/tracker/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONUTF8=1 \
    TRACKER_HOME=/var/lib/tracker
USER 10001
WORKDIR /var/lib/tracker
VOLUME /var/lib/tracker
ENTRYPOINT []
CMD ["tracker", "up"]
