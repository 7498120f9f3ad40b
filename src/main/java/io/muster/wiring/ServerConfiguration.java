package io.muster.wiring;

import net.devh.boot.grpc.client.autoconfigure.GrpcClientHealthAutoConfiguration;
import net.devh.boot.grpc.client.autoconfigure.GrpcClientMetricAutoConfiguration;
import net.devh.boot.grpc.client.autoconfigure.GrpcClientMicrometerTraceAutoConfiguration;
import net.devh.boot.grpc.client.autoconfigure.GrpcClientSecurityAutoConfiguration;
import net.devh.boot.grpc.client.autoconfigure.GrpcDiscoveryClientAutoConfiguration;
import net.devh.boot.grpc.server.autoconfigure.GrpcServerMetricAutoConfiguration;
import net.devh.boot.grpc.server.autoconfigure.GrpcServerMicrometerTraceAutoConfiguration;
import net.devh.boot.grpc.server.autoconfigure.GrpcServerSecurityAutoConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * All of a server. The gRPC starters' auto-configurations that name packages of an older Spring Boot are excluded, so that
 * nobody wonders why they back off.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        exclude = {
            GrpcClientHealthAutoConfiguration.class,
            GrpcClientMetricAutoConfiguration.class,
            GrpcClientMicrometerTraceAutoConfiguration.class,
            GrpcClientSecurityAutoConfiguration.class,
            GrpcDiscoveryClientAutoConfiguration.class,
            GrpcServerMetricAutoConfiguration.class,
            GrpcServerMicrometerTraceAutoConfiguration.class,
            GrpcServerSecurityAutoConfiguration.class
        })
@Import({ReplicaConfiguration.class, PeerTrafficConfiguration.class, WebConfiguration.class, OpenApiConfiguration.class
})
public class ServerConfiguration {}
