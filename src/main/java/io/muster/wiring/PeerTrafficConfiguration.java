package io.muster.wiring;

import io.grpc.ManagedChannel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingClientInterceptor;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingServerInterceptor;
import io.muster.node.Replica;
import io.muster.raft.NodeId;
import io.muster.transport.GrpcTransport;
import io.muster.transport.PeerCheck;
import io.muster.transport.PeerIdentity;
import io.muster.transport.RaftService;
import io.muster.users.CommandCheck;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.devh.boot.grpc.client.channelfactory.GrpcChannelConfigurer;
import net.devh.boot.grpc.client.channelfactory.GrpcChannelFactory;
import net.devh.boot.grpc.client.config.GrpcChannelProperties;
import net.devh.boot.grpc.client.config.GrpcChannelsProperties;
import net.devh.boot.grpc.server.config.GrpcServerProperties;
import net.devh.boot.grpc.server.serverfactory.GrpcServerConfigurer;
import net.devh.boot.grpc.server.serverfactory.GrpcServerFactory;
import net.devh.boot.grpc.server.serverfactory.GrpcServerLifecycle;
import net.devh.boot.grpc.server.serverfactory.ShadedNettyGrpcServerFactory;
import net.devh.boot.grpc.server.service.GrpcServiceDiscoverer;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** gRPC between the replicas, by the net.devh starters. */
@Configuration(proxyBeanMethods = false)
class PeerTrafficConfiguration {

    @Bean
    PeerIdentity peerIdentity(Settings settings) {
        return new PeerIdentity(
                settings.identity().clusterId(),
                settings.self(),
                settings.peers().addresses().keySet());
    }

    @Bean
    GrpcTransport grpcTransport(
            PeerIdentity identity, Settings settings, GrpcChannelFactory factory, GrpcChannelsProperties channels) {
        Map<NodeId, GrpcTransport.Channels> toPeers = new TreeMap<>();
        settings.peers().addresses().forEach((peer, address) -> {
            if (!peer.equals(settings.self())) {
                toPeers.put(
                        peer,
                        new GrpcTransport.Channels(
                                channel("raft-urgent-" + peer, address, factory, channels),
                                channel("raft-bulk-" + peer, address, factory, channels)));
            }
        });
        return new GrpcTransport(identity, settings.transport(), toPeers);
    }

    private static ManagedChannel channel(
            String name, String address, GrpcChannelFactory factory, GrpcChannelsProperties channels) {
        GrpcChannelProperties properties = new GrpcChannelProperties();
        properties.setAddress(URI.create("dns:///" + address));
        channels.getClient().put(name, properties);
        return (ManagedChannel) factory.createChannel(name);
    }

    @Bean
    RaftService raftService(Replica replica) {
        return new RaftService(replica, CommandCheck::require);
    }

    /** Handlers never block, so that calls need no further threads; only members get that far. */
    @Bean
    GrpcServerConfigurer grpcServerConfigurer(PeerIdentity identity, MeterRegistry meters) {
        return builder -> builder.directExecutor()
                .intercept(new PeerCheck(identity))
                .intercept(new MetricCollectingServerInterceptor(meters));
    }

    /** Interceptors belong to the builder: around a channel made by the starter they would hide its connection. */
    @Bean
    GrpcChannelConfigurer grpcChannelConfigurer(MeterRegistry meters) {
        return (builder, name) -> builder.directExecutor().intercept(new MetricCollectingClientInterceptor(meters));
    }

    @Bean
    GrpcServerFactory grpcServerFactory(
            GrpcServerProperties properties, GrpcServiceDiscoverer services, List<GrpcServerConfigurer> configurers) {
        ShadedNettyGrpcServerFactory factory = new ShadedNettyGrpcServerFactory(properties, configurers);
        services.findGrpcServices().forEach(factory::addService);
        return factory;
    }

    /** The starter's own would stop the server before Tomcat has drained. */
    @Bean
    GrpcServerLifecycle grpcServerLifecycle(
            GrpcServerFactory factory, GrpcServerProperties properties, ApplicationEventPublisher events) {
        return new GrpcServerLifecycle(factory, properties.getShutdownGracePeriod(), events) {
            @Override
            public int getPhase() {
                return ReplicaLifecycle.GRPC_SERVER_PHASE;
            }
        };
    }
}
