# JupyterLab with the kernel "Java (RayShell)":
#   docker build -t rayshell . && docker run --rm -p 127.0.0.1:8888:8888 rayshell
# and open the address that it prints.

FROM maven:3.9-eclipse-temurin-25 AS build
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN install/package wheel --out /packages

FROM python:3.13-slim-bookworm
COPY --from=build /opt/java/openjdk /opt/java/openjdk
ENV JAVA_HOME=/opt/java/openjdk
COPY install/lib/requirements.txt /tmp/requirements.txt
COPY --from=build /packages /tmp/packages
# The caches are made for this JDK, here, once for all containers.
RUN pip install --no-cache-dir -r /tmp/requirements.txt /tmp/packages/*.whl \
    && rayshell-kernel train \
    && rm -r /tmp/requirements.txt /tmp/packages \
    && useradd --create-home --uid 1000 jovyan
USER jovyan
WORKDIR /home/jovyan
COPY --chown=jovyan notebooks/*.ipynb ./
COPY --chown=jovyan notebooks/images ./images
EXPOSE 8888
CMD ["jupyter", "lab", "--ip=0.0.0.0", "--no-browser"]
